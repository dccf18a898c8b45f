# shellcheck shell=bash
# The lint and test commands of build.sh, which sources this file.

PASSED=0 FAILED=0 SKIPPED=0
LOGS="$ROOT/target/test-logs"

add_counts() { # passed, failed, skipped
  PASSED=$((PASSED + $1)) FAILED=$((FAILED + $2)) SKIPPED=$((SKIPPED + $3))
}

# Every suite of `test`: name, where it is, what it checks.
SUITES=(
  "lint|all code|formatting, Biome, type checks, web-ext lint, length of files"
  "native|tests/native|the core: reader, rules, update, view; faults at every request; random events; hostile text"
  "wasm|tests/wasm|the WebAssembly boundary, in Chromium"
  "unit|tests/unit|manifest, packages, documents, stand-ins, in Node"
  "clippy|src, tests/native|Clippy, natively and for WebAssembly"
  "e2e|tests/e2e|page scripts alone and the shipped extension on the real host names, in both browsers"
  "real-panels|tests/real-panels|real side panels and sidebars, with mouse and keys, on a virtual screen"
)
# How long each suite took when it last ran whole, one per line: name, seconds, tests, date, remark.
TIMES="$CARGO_TARGET_DIR/test-times"

list_suites() {
  local suite name place what seconds tests day remark time
  for suite in "${SUITES[@]}"; do
    IFS='|' read -r name place what <<<"$suite"
    time="not run yet"
    while IFS='|' read -r _ seconds tests day remark; do
      printf -v time '%d:%02d, %s passed, %s%s' $((seconds / 60)) $((seconds % 60)) "$tests" "$day" "${remark:+, $remark}"
    done < <(grep "^$name|" "$TIMES" 2>/dev/null || true)
    printf '%-12s %-18s %s (%s)\n' "$name" "$place" "$what" "$time"
  done
}

# Runs the stages of a suite and remembers how long they took, unless only a part of its tests was wanted.
suite() { # name, a remark for the list, command…
  local name="$1" remark="$2" start=$SECONDS passed=$PASSED others
  shift 2
  "$@"
  [[ -z "$only" ]] || return 0
  mkdir -p "$(dirname "$TIMES")"
  others="$(grep -v "^$name|" "$TIMES" 2>/dev/null || true)"
  printf '%s\n' ${others:+"$others"} "$name|$((SECONDS - start))|$((PASSED - passed))|$(date +%F)|$remark" >"$TIMES"
}

# Adds up a log's results: "passed failed skipped".
counts_of() {
  local kind="$1" log="$2"
  case "$kind" in
    cargo)
      sed $'s/\x1b\\[[0-9;]*m//g' "$log" | awk '
        /^test result: / { for (i = 1; i < NF; i++) { if ($(i + 1) == "passed;") p += $i; if ($(i + 1) == "failed;") f += $i; if ($(i + 1) == "ignored;") s += $i } }
        END { print p + 0, f + 0, s + 0 }'
      ;;
    node)
      # Node 20 calls the tests that --only leaves out skipped; they are not.
      awk '/^# pass /{p=$3} /^# (fail|cancelled) /{f+=$3} /^# (skipped|todo) /{s+=$3} /# SKIP test name does not match pattern/{s--}
        END {print p + 0, f + 0, s + 0}' "$log.tap" 2>/dev/null || echo 0 0 0
      ;;
  esac
}

# Runs one stage, shows its output, adds up its results and prints its time. A check counts as one.
stage() { # kind (cargo, node or check), title, command… (for node: the arguments of tests/tools/run.js)
  local kind="$1" title="$2" start=$SECONDS status=0 passed failed skipped
  local log="$LOGS/${2//[^a-zA-Z0-9]/-}.log"
  shift 2
  say "$title"
  mkdir -p "$LOGS"
  rm -f "$log" "$log.tap"
  [[ "$kind" != node ]] || set -- node tests/tools/run.js --tap "$log.tap" "$@"
  "$@" 2>&1 </dev/null | tee "$log" || status=$?
  if [[ "$kind" == check ]]; then
    passed=$((status == 0 ? 1 : 0)) failed=$((status == 0 ? 0 : 1)) skipped=0
  else
    read -r passed failed skipped <<<"$(counts_of "$kind" "$log")"
    # A runner that fails before it counts (a build error, a crash) counts as one failure.
    ((status == 0 || failed > 0)) || failed=1
  fi
  add_counts "$passed" "$failed" "$skipped"
  note "$title: $( ((failed == 0)) && echo ok || echo FAILED), $((SECONDS - start)) s"
  [[ "$kind" != node ]] || node tests/tools/slowest.js "$log.tap"
}

# Clippy has a folder of its own: it shares nothing with what the tests compile, and would wait for their lock.
clippy_native() {
  CARGO_TARGET_DIR="$CARGO_TARGET_DIR/clippy" cargo clippy --locked --all-targets -- -D warnings
}

clippy_wasm() {
  CARGO_TARGET_DIR="$CARGO_TARGET_DIR/clippy" cargo clippy --locked --target wasm32-unknown-unknown --lib -- -D warnings
}

format_stages() {
  stage check "Format of the Rust code" cargo fmt --check
  stage check "Format and lint of JavaScript, CSS and JSON" biome ci --error-on-warnings
  stage check "Types of the JavaScript" node tests/tools/types.js
  stage check "web-ext lint" web-ext lint --source-dir "$ROOT/dist/firefox" --warnings-as-errors --no-config-discovery
  stage check "Length of files" node tests/tools/lengths.js
}

clippy_stages() {
  stage check "Clippy, native" clippy_native
  stage check "Clippy, WebAssembly" clippy_wasm
}

lint_stages() {
  format_stages
  clippy_stages
}

# WebAssembly tests use wasm-bindgen's runner. Cargo gets their names, because native tests don't run there.
wasm_targets() {
  local file
  if grep -rqs "wasm_bindgen_test" src; then echo --lib; fi
  for file in tests/wasm/*.rs; do
    if [[ -f "$file" ]] && grep -q "wasm_bindgen_test" "$file"; then printf '%s\n' --test "$(basename "$file" .rs)"; fi
  done
}

wasm_stage() { # cargo's filter arguments
  local targets
  mapfile -t targets < <(wasm_targets)
  ((${#targets[@]} > 0)) || return 0
  local settings="$ROOT/target/webdriver.json"
  # Chromium's sandbox refuses to run as root, and containers have a small /dev/shm.
  node --input-type=module --eval '
    import { writeFileSync } from "node:fs";
    const args = ["--headless", "--disable-gpu", "--disable-dev-shm-usage", ...(process.getuid() === 0 ? ["--no-sandbox"] : [])];
    writeFileSync(process.argv[1], JSON.stringify({ "goog:chromeOptions": { binary: process.env.CHROMIUM, args } }));' "$settings"
  stage cargo "Tests of the WebAssembly in Chromium" env \
    CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER=wasm-bindgen-test-runner \
    WASM_BINDGEN_TEST_ONLY_WEB=1 WASM_BINDGEN_TEST_WEBDRIVER_JSON="$settings" \
    WASM_BINDGEN_TEST_TIMEOUT=120 WASM_BINDGEN_TEST_DRIVER_TIMEOUT=60 \
    cargo test --locked --profile dev --no-fail-fast --target wasm32-unknown-unknown "${targets[@]}" "$@"
}

node_files() {
  [[ -d "$1" ]] || return 0
  find "$1" -name '*.test.js' -type f | LC_ALL=C sort
}

node_stage() { # title, folder, arguments of tests/tools/run.js
  local title="$1" files
  mapfile -t files < <(node_files "$2")
  shift 2
  ((${#files[@]} > 0)) || return 0
  stage node "$title" "$@" "${files[@]}"
}

finish() {
  printf '%s\n' "$PASSED passed, $FAILED failed, $SKIPPED skipped"
  exit $((FAILED > 0))
}

run_lint() {
  case "${1:-}" in
    '') ;;
    --fix) setup && cargo fmt && biome check --write ;;
    *) die "lint takes --fix and nothing else" ;;
  esac
  build
  lint_stages
  finish
}

# Compiles, one after the other, what the tests need apart from the shipped core.
compile_ahead() {
  local targets
  cargo test --locked --no-run --quiet
  mapfile -t targets < <(wasm_targets)
  cargo test --locked --profile dev --no-run --target wasm32-unknown-unknown "${targets[@]}"
}

# Builds and installs what the tests need. A compiler works on one core much of the time, for the shipped core nearly always, so the other
# core is used: npm and apt install and the tests and Clippy compile meanwhile. Whatever fails in the background is repeated in the
# foreground and fails there.
together() {
  local browsers=(chromium chromium-driver firefox-esr) browsers_job packages_job
  # A machine that builds once gains nothing from what incremental compilation writes.
  [[ -z "${CI:-}" ]] || export CARGO_INCREMENTAL=0
  (setup_browsers "${browsers[@]}" && setup_screen) >/dev/null 2>&1 &
  browsers_job=$!
  (setup_node) >/dev/null 2>&1 &
  packages_job=$!
  (renice -n 5 "$BASHPID" || true; compile_ahead) >/dev/null 2>&1 &
  tests_job=$!
  # After the tests, which are wanted first.
  [[ -n "$only" ]] || (renice -n 10 "$BASHPID" || true; clippy_native && clippy_wasm) >/dev/null 2>&1 &
  setup_rust
  wait "$packages_job" || true
  setup_node
  wait "$browsers_job" || true
  setup_browsers "${browsers[@]}"
  setup_screen
  build
}

run_test() {
  local only='' browser='' start=$SECONDS tests_job='' filter=() pattern=()
  if [[ "$*" == --list ]]; then
    list_suites
    return
  fi
  while (($# > 0)); do
    case "$1" in
      --only)
        only="${2:-}"
        [[ -n "$only" ]] || die "--only takes a part of a test's name"
        ;;
      --browser)
        [[ "${2:-}" == chromium || "${2:-}" == firefox ]] || die "--browser takes chromium or firefox"
        export TETHER_BROWSER="$2"
        browser="$2 only"
        ;;
      *) die "test takes --only TEXT and --browser NAME, or --list" ;;
    esac
    shift 2
  done
  if [[ -n "$only" ]]; then
    # A Rust test's name has underscores instead of spaces; Node wants a regular expression.
    filter=("${only// /_}")
    pattern=("--only=$(sed 's/[][\.*^$+?(){}|/]/\\&/g' <<<"$only")")
  fi

  together
  [[ -n "$only" ]] || suite lint '' format_stages
  wait "$tests_job" || true
  suite native '' stage cargo "Native tests" cargo test --locked --no-fail-fast "${filter[@]}"
  suite wasm '' wasm_stage "${filter[@]}"
  suite unit '' node_stage "Unit tests" tests/unit --lanes=2 "${pattern[@]}"
  [[ -n "$only" ]] || suite clippy '' clippy_stages
  # Three files at a time, each with its own browsers: they mostly wait for pages, and no test has its own deadline.
  suite e2e "$browser" node_stage "End-to-end tests" tests/e2e --lanes=3 "${pattern[@]}"
  # Each file has its own virtual screen. On a machine without one they say so and count as skipped.
  suite real-panels "$browser" node_stage "Tests of the real panels" tests/real-panels --lanes=2 "${pattern[@]}"
  note "all of it: $((SECONDS - start)) s"
  finish
}
