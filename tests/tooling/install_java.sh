#!/usr/bin/env bash
# See to it that a Neo4j server can be started without Docker: a Java of version 17 or newer
# (JAVA_HOME's, or `java` on the PATH) and Maven, or, for root on a Debian system, the packages of
# these names.
set -euo pipefail

oldest=17 # because Neo4j 5.26 is compiled for it

found() {
    local java="java" version
    [[ -n "${JAVA_HOME:-}" && -x "${JAVA_HOME:-}/bin/java" ]] && java="$JAVA_HOME/bin/java"
    command -v "$java" >/dev/null && command -v mvn >/dev/null || return 1
    version="$("$java" -version 2>&1)"
    [[ "$version" =~ version\ \"([0-9]+) ]] && ((BASH_REMATCH[1] >= oldest))
}

found && exit 0

if [[ "$(id -u)" == 0 ]] && command -v apt-get >/dev/null; then
    echo "Installing Java and Maven for the Neo4j server ..."
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq
    # The default one is 17 in Debian 12 and 21 in Debian 13; Neo4j 5.26 runs on both.
    apt-get install -y -qq --no-install-recommends default-jre-headless maven >/dev/null
    found && exit 0
fi

cat >&2 <<'SAY'
A Neo4j server needs Java 17 or newer and Maven, and they were not found. Install them, for example
    Debian, Ubuntu:  sudo apt-get install default-jre-headless maven
    Fedora:          sudo dnf install java-21-openjdk-headless maven
    macOS:           brew install openjdk@21 maven
or name a Java that you have:  JAVA_HOME=/path/to/java make test
Without them the tests of the Neo4j store are skipped.
SAY
exit 1
