# What there is to look at: all evidence as plain HTML, from the texts and from what other
# targets left in build/ and proofs/data.
.PHONY: report report-test
report:
	@python3 report/make.py --config $(CONFIG)

# In headless Chromium; and that broken pages are noticed.
report-test: report
	@python3 -m unittest discover -s report/test -p 'test_*.py'
	@python3 report/test/look.py --config $(CONFIG)
