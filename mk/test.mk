# Everything that is tested.
.PHONY: test lint clean
test:
	@python3 harness/suite.py

lint:
	@python3 harness/lint.py

clean:
	@rm -rf build
