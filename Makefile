# Every command of this project. The work is done by the scripts of the same names in scripts/.
.PHONY: help demo test audit audit-sabotage check fmt fuzz soak bench quality size clean
help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' Makefile
demo: ## set up everything and serve the storefront at http://localhost:8080 (PORT=9000 for another)
	@scripts/demo
test: ## set up everything and run every check and test
	@scripts/test
audit: ## what a privacy reviewer can prove, one line each (ONLY=3,7 for some)
	@scripts/audit
audit-sabotage: ## breaks a copy for each claim and sees the audit refuse it (ONLY=3,7 for some)
	@scripts/audit-sabotage
check: ## the quick part: formatting, lints, types, who may know whom
	@scripts/check
fmt: ## format the Rust sources
	@cargo fmt --all
fuzz: ## a million made-up carts and rules (PROPTEST_CASES), ten minutes of event streams and of reports (FUZZ_SECONDS, FUZZ_SEED)
	@PROPTEST_CASES=$${PROPTEST_CASES:-1000000} cargo test --locked --release --no-default-features --lib pricing::tests::laws
	@FUZZ_SECONDS=$${FUZZ_SECONDS:-600} FUZZ_SEED=$${FUZZ_SEED:-$$(date +%s)} cargo test --locked --test fuzz -- --nocapture
soak: ## processes on one database, killed and started again in fifty rounds (SOAK_ROUNDS, SOAK_SEED)
	@SOAK_ROUNDS=$${SOAK_ROUNDS:-50} cargo test --locked --test processes -- --nocapture --test-threads 1
bench: ## speed, side by side with what one would use instead
	@scripts/bench
quality: ## how good recommendations and prices are, on real clicks and carts (reads ../shared/data)
	@scripts/quality
size: ## bytes of every file a shopper loads and the largest functions of the module; fails over budget
	@scripts/setup twiggy
	@scripts/size
clean: ## remove everything that was built
	@rm -rf target node_modules pkg/dist pkg/wasm www/dist .demo
