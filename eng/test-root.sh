#!/bin/sh
# Makes, or finds again, a Debian sid root file system with programs nobody here wrote, for tests to check ours against:
# llama.cpp's own server and bench, an independent GGUF reader, huggingface_hub, and Docker's Compose plugin. Prints its path, and nothing else, on stdout:
#
#   export LEM_SID_ROOT="$(eng/test-root.sh)"
#
# Needs Linux and root (debootstrap, chroot). Takes about a minute the first time and nothing afterwards: the root is kept under
# ~/.cache/lem-test by the hash of its package list. LEM_DEBIAN_MIRROR replaces the mirror of the machine's own apt sources.
set -eu

packages="llama.cpp llama.cpp-tools python3-gguf python3-numpy python3-huggingface-hub docker-compose"

say() { echo "test-root: $*" >&2; }
die() { say "$*"; exit 1; }

key=$(printf '%s\n' sid "$packages" | sha256sum | cut -c1-12)
cache=${XDG_CACHE_HOME:-$HOME/.cache}/lem-test
root=$cache/sid-$key

# One maker at a time; a root appears under its name only when it is whole, so a torn one is never used.
mkdir -p "$cache"
exec 9>"$cache/lock"
flock 9
if [ -d "$root" ]; then
    echo "$root"
    exit 0
fi

[ "$(id -u)" = 0 ] || die "making a root file system needs root: run it once with sudo -E"

if ! command -v debootstrap >/dev/null; then
    say "installing debootstrap"
    { apt-get update -q && apt-get install -q -y --no-install-recommends debootstrap; } >&2 9>&- \
        || die "debootstrap is missing and could not be installed"
fi

mirror=${LEM_DEBIAN_MIRROR:-$(apt-get indextargets --format '$(ORIGIN) $(LABEL) $(REPO_URI)' 'Created-By: Packages' \
    | sed -n 's/^Debian Debian //p' | head -n 1)}
[ -n "$mirror" ] || die "no Debian mirror among this machine's apt sources (after apt-get update): set LEM_DEBIAN_MIRROR"

rm -rf "$cache"/sid-*.partial
partial=$root.partial
log=$cache/sid-$key.log
say "making $root (about a minute; log: $log)"

# Snapshots of sid on a mirror may be past their date.
make_root() {
    debootstrap --variant=minbase sid "$partial" "$mirror"
    printf '%s\n' 'Acquire::Check-Valid-Until "false";' 'Acquire::Check-Date "false";' >"$partial/etc/apt/apt.conf.d/99lem-test"
    chroot "$partial" apt-get update -q
    # shellcheck disable=SC2086 # a list of words
    chroot "$partial" env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends $packages
    chroot "$partial" apt-get clean
    chroot "$partial" python3 -c 'import gguf, huggingface_hub, numpy'
    chroot "$partial" llama-bench --version
}

# In a subshell of its own: `set -e` is off in a function called from a condition.
set +e
(set -e; make_root) >"$log" 2>&1 9>&-
status=$?
set -e
if [ $status -ne 0 ]; then
    tail -n 15 "$log" >&2
    rm -rf "$partial"
    die "failed; the whole log is $log"
fi

mv "$partial" "$root"
say "made $root ($(du -sm "$root" | cut -f1) MB)"
echo "$root"
