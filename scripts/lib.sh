# What the scripts share: where things are, and how a step is shown. Sourced, never run.
# shellcheck shell=bash
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"

# The tools that this project installs for itself come first, so that versions never clash with the user's own.
tools=$root/target/tools
export PATH="$tools/bin:$root/node_modules/.bin:$PATH"

# What is built lies where the scripts look for it, wherever the user's cargo would put it.
export CARGO_TARGET_DIR=$root/target

wasm_target=wasm32-unknown-unknown
schemathesis_version=4.32.5
cargo_deny_version=0.20.2
twiggy_version=0.8.0
wasm_bindgen_version=0.2.130 # the same as in pkg/Cargo.toml; scripts/setup checks

note() { printf '   %s\n' "$*"; }

die() {
  printf '%s: %s\n' "$(basename "$0")" "$*" >&2
  exit 1
}

# step TITLE COMMAND... shows one line, runs the command and says how long it took or that it failed.
step() {
  local title=$1 began=$SECONDS status
  shift
  printf '\n== %s\n' "$title"
  # Not as the condition of an `if`: there a function would run on past its first failing command.
  set +e
  (set -e; "$@")
  status=$?
  set -e
  if ((status != 0)); then
    printf '== %s: FAILED (%s)\n' "$title" "$*" >&2
    exit 1
  fi
  printf '== %s: done in %d s\n' "$title" $((SECONDS - began))
}

# Where Chromium is: $CHROMIUM, then PATH, then the usual places. Prints nothing where there is none.
find_chromium() {
  local candidate
  for candidate in "${CHROMIUM:-}" chromium chromium-browser google-chrome google-chrome-stable \
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome" /Applications/Chromium.app/Contents/MacOS/Chromium; do
    [[ -n $candidate ]] || continue
    if command -v "$candidate" 2>/dev/null; then return; fi
  done
}

# Where a PostgreSQL server's programs are: PATH, then where distributions put them. Prints nothing where there are none.
find_postgres() {
  local candidate
  for candidate in initdb /usr/lib/postgresql/*/bin/initdb /usr/pgsql-*/bin/initdb \
    /opt/homebrew/opt/postgresql*/bin/initdb /usr/local/opt/postgresql*/bin/initdb; do
    if command -v "$candidate" 2>/dev/null; then return; fi
  done
}
