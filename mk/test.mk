# Everything that is tested.
.PHONY: bootstrap test lint clean
bootstrap:
	@tools/bootstrap.sh

verify test: bootstrap

test:
	@python3 harness/suite.py

lint:
	@python3 harness/lint.py

clean:
	@rm -rf build
