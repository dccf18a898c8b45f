#!/usr/bin/env bash
# Builds, tests and packages Tether. `./build.sh help` says how.
set -Eeuo pipefail

ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
cd "$ROOT"

TOOLS="$ROOT/target/tools"
CORE="$ROOT/target/core"
TYPES="$ROOT/target/types/core" # what the core exports, where the type checker looks for it
WASM_PACK_VERSION=0.15.1
export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$ROOT/target}"
export PATH="$TOOLS/bin:${CARGO_HOME:-$HOME/.cargo}/bin:$ROOT/tests/node_modules/.bin:$PATH"

# Only the features that rustc's wasm32-unknown-unknown target uses: with all of binaryen's features, wasm-opt writes a module
# that Chromium rejects.
WASM_FEATURES=(--mvp-features --enable-bulk-memory --enable-bulk-memory-opt --enable-sign-ext --enable-mutable-globals
  --enable-nontrapping-float-to-int --enable-reference-types --enable-multivalue)
# Inlines a function with one caller only if it is small. Otherwise everything an event can lead to becomes one function of 230 kB, which V8
# compiles at its first call: that took 37 ms of the first event, and now 7 (V8 of Node 20). The gzipped module is 4% smaller, too.
WASM_OPT_LEVEL=(-Oz --one-caller-inline-max-function-size=50)

say() { printf '\033[1m%s\033[0m\n' "$*"; }
note() { printf '  %s\n' "$*"; }
die() {
  printf '\033[31mbuild.sh: %s\033[0m\n' "$*" >&2
  exit 1
}
[[ -t 1 && -z "${NO_COLOR:-}" ]] || {
  say() { printf '%s\n' "$*"; }
  die() {
    printf 'build.sh: %s\n' "$*" >&2
    exit 1
  }
}
((BASH_VERSINFO[0] >= 4)) || die "bash 4 or newer is needed, this is $BASH_VERSION"
trap 'printf "build.sh: stopped at line %s: %s\n" "$LINENO" "$BASH_COMMAND" >&2' ERR
have() { command -v "$1" >/dev/null 2>&1; }

usage() {
  cat <<'HELP'
Usage: ./build.sh [command] [options]

  build              set up, then make dist/chromium and dist/firefox (the default)
  setup              install what building needs and this machine lacks
  lint [--fix]       formatting, clippy, Biome, type checks, web-ext lint; --fix first formats and fixes what it can
  test [options]     everything that continuous integration checks: lint, native tests, tests of the WebAssembly in a
                     browser, unit tests, end-to-end tests in Chromium and Firefox
      --only TEXT      only tests whose name contains TEXT, and no lint
      --browser NAME   end-to-end tests in chromium or in firefox only
      --list           name every suite, with the time that it took last
  bench [options]    measure what Tether costs in both browsers: one table, saved as JSON in tests/out/bench
      NAME…            only these figures, named after the files in tests/bench/figures
  demo [--play]      build, start the two stand-in sites and a Chromium with Tether; --play plays the main job by itself
  pictures           build, then renew the README's pictures; every main state of the panel is in tests/out/states
  package [options]  build, then make dist/tether-<version>-{chromium,firefox,source}.zip, and in dist/store all that a store asks for
      --check          build once more from the source package alone, and compare the bytes
      --tag NAME       for a release: checks that the tag is Cargo.toml's version
      --no-screenshots leave out the store's screenshots, which need Chromium
      --update-url URL to host Tether yourself: packages that look for updates at URL, and dist/updates to publish there
      --key FILE       the RSA key in PEM form that signs the package for Chromium; a public one gives only the extension's ID
      --signed FILE    the Firefox package as signed by Mozilla
  inspect KIND …     what Tether makes of an input, without a browser; one line of JSON each:
      page --url URL [--status N] [--header 'name: value'] FILE…   a page of the portal; one that was saved without its values
                                                                 holds its URL itself
      ticket [--html|--file] [--requester ADDRESS] FILE…        a comment, its html_body, or an attachment
      answer KIND FILE…                                          an answer of Zendesk's API: ticket, comments, user, users,
                                                                 memberships, organization, organizations,
                                                                 organization_users, ticket_fields, groups, macros, macro,
                                                                 me, error
      sold-to 'FIELD TEXT' 'SOLD-TO TEXT'                        same, differs or to decide
      mail ADDRESS [--sold-to ADDRESS]                           company, free, look-alike, …
      without-values --url URL FILE                              a page of either site with every value replaced by an
                                                                 invented one of the same form, as HTML
      without-values --answer FILE                               the same for an answer of Zendesk's API, as JSON
  adopt [options] FILE   make a page without its values a fixture of the tests, with its reading to be corrected
      --answer KIND    an answer of Zendesk's API instead; its values are replaced
      --name NAME      the fixture's name, otherwise the file's
  audit              check licenses and known weaknesses of everything that ships or builds
  help               this text

You need Rust with rustup (https://rustup.rs), Node 20 or newer with npm, and git. Browsers are installed with apt if it is
available; otherwise name your own in CHROMIUM, CHROMEDRIVER and FIREFOX.
HELP
}

# --- setup -----------------------------------------------------------------------------------------------------------

require() {
  have "$1" || die "$1 is missing: $2"
}

locked_version() {
  sed -n "/^name = \"$1\"\$/{n;s/^version = \"\(.*\)\"\$/\1/p;}" Cargo.lock
}

cargo_tool() { # binary, crate, version, further arguments of cargo install
  local binary="$1" crate="$2" version="$3"
  shift 3
  say "Installing $crate $version into target/tools: this takes one to three minutes, once"
  # The tools run for a second or two, so they need not be fast: without optimization they compile in little more than half the time.
  # They share a target folder, so that the second finds what both need.
  CARGO_PROFILE_RELEASE_OPT_LEVEL=0 CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_CODEGEN_UNITS=256 CARGO_PROFILE_RELEASE_DEBUG=0 \
    CARGO_TARGET_DIR="$TOOLS/build" cargo install --quiet --root "$TOOLS" --version "=$version" "$@" "$crate" ||
    die "cargo could not install $crate $version; $binary of that version on the PATH would serve as well"
  hash -r
}

setup_rust() {
  require cargo "install Rust with rustup, https://rustup.rs"
  if ! [[ -d "$(rustc --print sysroot)/lib/rustlib/wasm32-unknown-unknown" ]]; then
    require rustup "the target wasm32-unknown-unknown is not installed, and rustup would install it"
    say "Adding Rust's target wasm32-unknown-unknown"
    rustup target add wasm32-unknown-unknown
  fi
  local bindgen
  bindgen="$(locked_version wasm-bindgen)"
  [[ -n "$bindgen" ]] || die "Cargo.lock names no wasm-bindgen"
  # Tool and crate must have the same version. No --locked: the tool's lock file names a yanked crate.
  if [[ "$(wasm-bindgen --version 2>/dev/null)" != "wasm-bindgen $bindgen" ]] || ! have wasm-bindgen-test-runner; then
    cargo_tool wasm-bindgen wasm-bindgen-cli "$bindgen"
  fi
  local pack
  pack="$({ wasm-pack --version 2>/dev/null || true; } | sed -n 's/^wasm-pack 0\.\([0-9]*\)\..*/\1/p')"
  ((${pack:-0} >= 13)) || cargo_tool wasm-pack wasm-pack "$WASM_PACK_VERSION" --locked
  rm -rf "$TOOLS/build"
}

setup_node() {
  require node "install Node 20 or newer, https://nodejs.org"
  (($(node --print 'process.versions.node.split(".")[0]') >= 20)) || die "Node 20 or newer is needed, this is $(node --version)"
  node tests/tools/npm-current.js && return
  require npm "it comes with Node"
  say "Installing the npm packages of tests/package-lock.json"
  npm ci --legacy-peer-deps --no-audit --no-fund --loglevel=error --prefix tests
}

find_browser() { # the variable that names it, then the commands to look for
  local variable="$1" command
  shift
  if [[ -n "${!variable:-}" ]]; then
    have "${!variable}" || die "$variable names ${!variable}, which can not be run"
    export "${variable?}"
    return
  fi
  for command in "$@"; do
    if have "$command"; then
      printf -v "$variable" '%s' "$(command -v "$command")"
      export "${variable?}"
      return
    fi
  done
  return 1
}

# Finds browsers. Lists those it doesn't find in `missing`, by Debian's package names.
find_browsers() { # chromium, chromium-driver, firefox-esr
  local package
  missing=()
  for package in "$@"; do
    case "$package" in
      chromium) find_browser CHROMIUM chromium chromium-browser || missing+=("$package") ;;
      chromium-driver) find_browser CHROMEDRIVER chromedriver chromium.chromedriver || missing+=("$package") ;;
      firefox-esr) find_browser FIREFOX firefox-esr firefox || missing+=("$package") ;;
    esac
  done
  ((${#missing[@]} == 0))
}

# Installs packages if it can. The caller checks what is still missing.
apt_install() { # packages
  local as_root=()
  ((EUID == 0)) || as_root=(sudo -n)
  have apt-get && { ((EUID == 0)) || { have sudo && sudo -n true 2>/dev/null; }; } || return 0
  say "Installing $* with apt-get"
  if "${as_root[@]}" apt-get update -qq; then
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" || true
  fi
  hash -r
}

# A virtual screen for the tests of the real panels. Machines without one skip them.
setup_screen() {
  local tool missing=()
  for tool in Xvfb:xvfb openbox:openbox xdotool:xdotool xprop:x11-utils import:imagemagick; do
    have "${tool%:*}" || missing+=("${tool#*:}")
  done
  ((${#missing[@]} == 0)) || apt_install "${missing[@]}"
}

setup_browsers() { # the packages that are needed
  local missing
  find_browsers "$@" && return
  apt_install "${missing[@]}"
  find_browsers "$@" && return
  cat >&2 <<HELP
Still missing: ${missing[*]}. Install them, then run this again:
  Debian, Ubuntu   sudo apt-get install chromium chromium-driver firefox-esr
  Fedora           sudo dnf install chromium chromedriver firefox
  Arch             sudo pacman -S chromium firefox
  macOS            brew install --cask chromium chromedriver firefox
or name your own:  CHROMIUM=/path/to/chromium CHROMEDRIVER=/path/to/chromedriver FIREFOX=/path/to/firefox ./build.sh …
HELP
  die "a browser is missing"
}

setup() {
  setup_rust
  setup_node
}

# --- build -----------------------------------------------------------------------------------------------------------

# Keeps this machine's paths out of the module: the same source has to make the same bytes everywhere.
release_flags() {
  local sysroot commit registry flags=()
  sysroot="$(rustc --print sysroot)"
  commit="$(rustc --version --verbose | sed -n 's/^commit-hash: //p')"
  flags+=("--remap-path-prefix=$HOME=/home")
  flags+=("--remap-path-prefix=${CARGO_HOME:-$HOME/.cargo}=/cargo")
  # Cargo names this folder after the registry, which may be a mirror.
  for registry in "${CARGO_HOME:-$HOME/.cargo}"/registry/src/*/; do
    [[ ! -d "$registry" ]] || flags+=("--remap-path-prefix=${registry%/}=/cargo/registry")
  done
  flags+=("--remap-path-prefix=$sysroot/lib/rustlib/src/rust=/rustc/$commit")
  flags+=("--remap-path-prefix=$ROOT=/tether")
  # Cargo's own separator, so that paths may hold spaces.
  local IFS=$'\x1f'
  printf '%s' "${flags[*]}"
}

build_core() {
  local inputs stamp="$CORE/.inputs"
  inputs="$(node tests/tools/fingerprint.js --word "$(rustc --version)" --word "$(wasm-bindgen --version)" \
    Cargo.toml Cargo.lock src extension/site-profile.json extension/keys build.sh tests/package-lock.json)"
  if [[ -f "$stamp" && "$(<"$stamp")" == "$inputs" && -f "$CORE/tether_bg.wasm" && -f "$CORE/tether.js" && -f "$TYPES/tether.d.ts" ]]; then
    note "core: up to date"
    return
  fi
  say "Building the core for WebAssembly"
  local pkg="$ROOT/target/pkg"
  rm -rf "$pkg"
  cargo fetch --locked --target wasm32-unknown-unknown # creates the folder that the flags name
  local CARGO_ENCODED_RUSTFLAGS
  CARGO_ENCODED_RUSTFLAGS="$(release_flags)"
  export CARGO_ENCODED_RUSTFLAGS
  # Cargo first, because it shows progress. wasm-pack is quiet, or it complains that it can't check for its own updates.
  cargo build --locked --release --lib --target wasm32-unknown-unknown
  wasm-pack --quiet build --release --target web --mode no-install --no-opt --no-pack --out-name tether --out-dir "$pkg" . -- --locked
  mkdir -p "$CORE" "$TYPES"
  rm -f "$stamp"
  wasm-opt "${WASM_OPT_LEVEL[@]}" "${WASM_FEATURES[@]}" --strip-debug --strip-producers --strip-target-features \
    "$pkg/tether_bg.wasm" -o "$CORE/tether_bg.wasm"
  cp "$pkg/tether.js" "$CORE/"
  cp "$pkg/tether.d.ts" "$TYPES/"
  note "core: $(wc -c <"$CORE/tether_bg.wasm") bytes, $(gzip -9 -c "$CORE/tether_bg.wasm" | wc -c) gzipped"
  printf '%s\n' "$inputs" >"$stamp"
}

build() {
  setup
  build_core
  node tests/tools/assemble.js
}

bench() {
  setup_browsers chromium firefox-esr
  build
  # Now, so that no compiler runs during a measurement.
  if (($# == 0)) || [[ " $* " == *" reading-natively "* ]]; then
    say "Building the core natively, to compare with: this takes minutes"
    cargo bench --locked --no-run --bench reading
  fi
  exec node tests/bench/bench.js "$@"
}

pictures() {
  setup_browsers chromium firefox-esr
  build
  node tests/pictures/make.js
  node tests/pictures/states.js
}

demo() {
  setup_browsers chromium
  build
  exec node tests/demo/demo.js "$@"
}

# Only the result goes to standard output.
inspect() {
  require cargo "install Rust with rustup, https://rustup.rs"
  cargo build --quiet --locked --bin inspect >&2
  exec "$CARGO_TARGET_DIR/debug/inspect" "$@"
}

# --- main ------------------------------------------------------------------------------------------------------------

command="${1:-build}"
(($# == 0)) || shift
case "$command" in
  setup | build | pictures)
    (($# == 0)) || die "$command takes no options; ./build.sh help lists the commands"
    "$command"
    ;;
  bench) bench "$@" ;;
  demo) demo "$@" ;;
  inspect) inspect "$@" ;;
  adopt) inspect adopt "$@" ;;
  lint | test)
    # shellcheck source=tests/tools/checks.sh
    source tests/tools/checks.sh
    "run_$command" "$@"
    ;;
  package | audit)
    # shellcheck source=tests/tools/checks.sh
    source tests/tools/checks.sh
    # shellcheck source=tests/tools/release.sh
    source tests/tools/release.sh
    "run_$command" "$@"
    ;;
  help | -h | --help) usage ;;
  *)
    usage >&2
    die "there is no command $command"
    ;;
esac
