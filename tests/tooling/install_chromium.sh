#!/usr/bin/env bash
# See to it that the browser tests find a Chromium: the one that SIMPUL_CHROMIUM names, `chromium`
# on the PATH, or, for root on a Debian system, the package of that name.
set -euo pipefail

found() {
    [[ -n "${SIMPUL_CHROMIUM:-}" && -x "${SIMPUL_CHROMIUM:-}" ]] && return 0
    command -v chromium >/dev/null
}

found && exit 0

if [[ "$(id -u)" == 0 ]] && command -v apt-get >/dev/null; then
    echo "Installing Chromium for the browser tests ..."
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq
    apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core >/dev/null
    found && exit 0
fi

cat >&2 <<'SAY'
The browser tests need Chromium, and none was found. Install it, for example
    Debian, Ubuntu:  sudo apt-get install chromium
    Fedora:          sudo dnf install chromium
    macOS:           brew install --cask chromium
or name one that you have:  SIMPUL_CHROMIUM=/path/to/chromium make test
SAY
exit 1
