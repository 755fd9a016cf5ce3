#!/bin/sh
# Installs what is missing, and nothing else: setup.sh build | test | bench. A stamp remembers what was there, so that the
# second call costs nothing.
set -eu
cd "$(dirname "$0")/.."
want=${1:?build, test or bench}
mkdir -p var
stamp=var/.setup-$want
if [ -f "$stamp" ] && [ "$stamp" -nt tools/packages.txt ] && [ "$stamp" -nt package-lock.json ] && [ -d node_modules ]; then
    exit 0
fi

section() { sed -n "/^\[$1\]/,/^\[/{/^\[/d;/^#/d;p}" tools/packages.txt; }
packages=$(section build)
[ "$want" = build ] || packages="$packages $(section "$want")"

missing=
for package in $packages; do
    # A Node of another make (18 or newer) serves as well as Debian's.
    case $package in
    nodejs) command -v node >/dev/null && continue ;;
    npm) command -v npm >/dev/null && continue ;;
    esac
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing="$missing $package"
done
if [ -n "$missing" ]; then
    as_root=
    if [ "$(id -u)" != 0 ]; then
        command -v sudo >/dev/null || {
            echo "setup: these packages are missing and you are not root. Install them, then try again:" >&2
            echo "  apt-get install$missing" >&2
            exit 6
        }
        as_root=sudo
    fi
    echo "setup: installing$missing"
    export DEBIAN_FRONTEND=noninteractive
    $as_root apt-get update -qq
    # PostgreSQL's package would start a cluster of its own: the tests make their own, on loopback.
    if [ ! -e /etc/postgresql-common/createcluster.conf ] && echo "$missing" | grep -q postgresql; then
        $as_root mkdir -p /etc/postgresql-common
        echo 'create_main_cluster = false' | $as_root tee /etc/postgresql-common/createcluster.conf >/dev/null
    fi
    # shellcheck disable=SC2086
    $as_root apt-get install -qq -y --no-install-recommends $missing >/dev/null
fi

node -e 'process.exit(parseInt(process.versions.node) >= 18 ? 0 : 1)' || {
    echo "setup: Node 18 or newer is needed; this one is $(node --version)" >&2
    exit 6
}
if [ ! -d node_modules ] || [ package-lock.json -nt node_modules ]; then
    npm ci --silent --no-audit --no-fund
    touch node_modules
fi
touch "$stamp"
