# shellcheck shell=bash
# The package and audit commands of build.sh, which sources this file and checks.sh.

CARGO_DENY_VERSION=0.20.2

# A release is called as Cargo.toml's version is, and the changelog tells what is in it.
check_tag() { # the tag
  local version
  version="$(locked_version tether)"
  [[ "$1" == "$version" ]] || die "the tag $1 is not the version in Cargo.toml, which is $version"
  grep -q "^## $1" CHANGELOG.md || die "CHANGELOG.md has no section $1"
  ! grep -q "^## $1.*not yet released" CHANGELOG.md || die "CHANGELOG.md calls $1 not yet released: name the day"
}

# Builds once more, from the source package alone and in another folder: it has to make the same bytes.
check_package() { # further arguments of the package command
  local version work status=0
  version="$(locked_version tether)"
  work="$(mktemp -d)"
  say "Building once more, from the source package, in $work"
  node tests/tools/unpack.js "dist/tether-$version-source.zip" "$work"
  # Of this folder it uses nothing but the installed tools.
  (cd "$work/tether-$version" && env -u CARGO_TARGET_DIR ./build.sh package --no-screenshots "$@") || status=$?
  if ((status == 0)); then
    say "Comparing"
    node tests/tools/same.js dist "$work/tether-$version/dist" || status=$?
  fi
  rm -rf "$work"
  ((status == 0)) || die "the source package does not make these packages"
}

# The stores' screenshots, of the extension that was just built, on the stand-ins. Packages can be made without a browser.
screenshots() {
  local missing
  if ! find_browsers chromium; then
    note "dist/store/screenshots: LEFT OUT, because there is no Chromium; install one or name yours in CHROMIUM"
    return
  fi
  node tests/pictures/store.js
}

run_package() {
  local check=0 pictures=1 made=() address=()
  while (($# > 0)); do
    case "$1" in
      --check) check=1 ;;
      --no-screenshots) pictures=0 ;;
      --tag)
        [[ -n "${2:-}" ]] || die "--tag takes the tag's name"
        check_tag "$2"
        shift
        ;;
      --update-url)
        [[ "${2:-}" =~ ^https://[^?#@]+$ ]] || die "--update-url takes the https address of the folder that you publish"
        address=("$1" "$2")
        shift
        ;;
      --key | --signed)
        [[ -f "${2:-}" ]] || die "$1 takes a file"
        made+=("$1" "$2")
        shift
        ;;
      *) die "there is no option $1; ./build.sh help lists them" ;;
    esac
    shift
  done
  build
  node tests/tools/package.js "${address[@]}" "${made[@]}"
  if ((pictures)); then screenshots; else note "dist/store/screenshots: left out, as asked"; fi
  ((check == 0)) || check_package "${address[@]}"
}

setup_deny() {
  [[ "$(cargo-deny --version 2>/dev/null)" == "cargo-deny $CARGO_DENY_VERSION" ]] || cargo_tool cargo-deny cargo-deny "$CARGO_DENY_VERSION" --locked
}

# Counts one question: 2 means that nobody could be asked, which is said and is no failure.
question() { # title, command…
  local title="$1" status=0
  shift
  say "$title"
  "$@" || status=$?
  case "$status" in
    0) note "$title: ok" && add_counts 1 0 0 ;;
    2) note "$title: NOT ASKED" && add_counts 0 0 1 ;;
    *) note "$title: FAILED" && add_counts 0 1 0 ;;
  esac
}

advisories() {
  local said status=0
  said="$(cargo deny check advisories 2>&1)" || status=$?
  printf '%s\n' "$said"
  if grep -qE 'failed to (fetch|open|clone|load).*advisor|failed to fetch' <<<"$said"; then
    note "the database of advisories could not be fetched"
    return 2
  fi
  return $((status > 0))
}

weaknesses() {
  node tests/tools/audit-npm.js "$@"
}

run_audit() {
  (($# == 0)) || die "audit takes no options"
  setup
  setup_deny
  question "Licenses, bans and sources of the crates" cargo deny check licenses bans sources
  question "Known weaknesses of the crates" advisories
  question "Known weaknesses of the npm packages that ship" weaknesses
  question "Known weaknesses of the npm packages that build and test" weaknesses --all
  finish
}
