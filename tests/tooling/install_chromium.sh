#!/usr/bin/env bash
# See to it that the browser tests find a Chromium: the one that SIMPUL_CHROMIUM names,
# `chromium-headless-shell` or `chromium` on the PATH, or, for root on a Debian system, a package.
# The shell is the same engine without windows, and takes a quarter less of two processors, so it is
# asked for even where there is a Chromium; but nobody fails for want of it.
set -euo pipefail

found() {
    [[ -n "${SIMPUL_CHROMIUM:-}" && -x "${SIMPUL_CHROMIUM:-}" ]] && return 0
    command -v "$@" >/dev/null
}

found chromium-headless-shell && exit 0

if [[ "$(id -u)" == 0 ]] && command -v apt-get >/dev/null; then
    echo "Installing Chromium for the browser tests ..."
    export DEBIAN_FRONTEND=noninteractive
    quick=(-qq -o Acquire::Retries=0 -o Acquire::http::Timeout=20 -o Acquire::https::Timeout=20)
    apt-get update "${quick[@]}" || true
    for package in chromium-headless-shell chromium; do
        found "$package" && break
        apt-get install -y "${quick[@]}" --no-install-recommends \
            "$package" fonts-dejavu-core >/dev/null && break
    done
fi
if found chromium-headless-shell || found chromium; then
    exit 0
fi

cat >&2 <<'SAY'
The browser tests need Chromium, and none was found. Install it, for example
    Debian, Ubuntu:  sudo apt-get install chromium-headless-shell
    Fedora:          sudo dnf install chromium
    macOS:           brew install --cask chromium
or name one that you have:  SIMPUL_CHROMIUM=/path/to/chromium make test
SAY
exit 1
