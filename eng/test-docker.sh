#!/bin/sh
# Starts, or finds again, a Docker Engine of the tests' own, with Compose and an image made of the Debian sid root. Prints its
# folder, and nothing else, on stdout:
#
#   export LEM_TEST_DOCKER="$(eng/test-docker.sh)"
#   eng/test-docker.sh running        exit 0 where it runs
#   eng/test-docker.sh stop           ends it, and every container in it; its image stays for the next time
#
# The folder has docker.sock (DOCKER_HOST=unix://…) and config/ (DOCKER_CONFIG, with the Compose plugin). The machine's own Docker,
# its settings and its networks are left alone: no bridge, no firewall rules; services use network_mode: host.
# Needs Linux and root. Takes about half a minute the first time: what it keeps is under ~/.cache/lem-test by the hash of the root.
set -eu

say() { echo "test-docker: $*" >&2; }
die() { say "$*"; exit 1; }

here=$(dirname "$(readlink -f "$0")")
image=lem-test-sid:latest
sid=$("$here/test-root.sh")
folder=$(dirname "$sid")/docker-${sid##*/sid-}
# A socket's path may have 107 characters.
[ ${#folder} -lt 90 ] || die "the path $folder is too long for a socket: set XDG_CACHE_HOME to a shorter one"
log=$folder/dockerd.log

export DOCKER_HOST="unix://$folder/docker.sock" DOCKER_CONFIG="$folder/config"
unset DOCKER_CONTEXT DOCKER_TLS_VERIFY DOCKER_CERT_PATH

answers() { docker version --format '{{.Server.Version}}' >/dev/null 2>&1; }
daemon() { [ -f "$folder/docker.pid" ] && pid=$(cat "$folder/docker.pid") && [ "$(cat "/proc/$pid/comm" 2>/dev/null)" = dockerd ]; }

case ${1:-start} in
    running)
        daemon && answers
        exit
        ;;
    stop)
        daemon || exit 0
        # shellcheck disable=SC2046 # a list of words
        [ -z "$(docker ps -q 2>/dev/null)" ] || docker rm -f -v $(docker ps -aq) >/dev/null 2>&1 || true
        kill "$pid"
        for _ in $(seq 100); do
            daemon || exit 0
            sleep 0.2
        done
        die "dockerd ($pid) does not end"
        ;;
    start) ;;
    *) die "knows start, running and stop, but not $1" ;;
esac

mkdir -p "$folder/config/cli-plugins"
exec 9>"$folder/lock"
flock 9

if ! command -v dockerd >/dev/null || ! command -v docker >/dev/null; then
    [ "$(id -u)" = 0 ] || die "installing docker.io needs root: run it once with sudo -E"
    say "installing docker.io"
    { apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends docker.io; } >"$folder/apt.log" 2>&1 9>&- \
        || { tail -n 15 "$folder/apt.log" >&2; die "docker.io is missing and could not be installed"; }
fi

plugin=$(find "$sid/usr" -path '*/cli-plugins/docker-compose' -type f | head -n 1)
[ -n "$plugin" ] || die "$sid holds no Compose plugin (package docker-compose)"
cmp -s "$plugin" "$folder/config/cli-plugins/docker-compose" || cp "$plugin" "$folder/config/cli-plugins/docker-compose"

if ! { daemon && answers; }; then
    [ "$(id -u)" = 0 ] || die "dockerd needs root: run it once with sudo -E"
    rm -f "$folder/docker.pid" "$folder/docker.sock"
    mkdir -p "$folder/data" "$folder/exec"
    # A session of its own: Ctrl-C in the terminal is not for it. It keeps none of our pipes open.
    setsid dockerd --host "$DOCKER_HOST" --data-root "$folder/data" --exec-root "$folder/exec" --pidfile "$folder/docker.pid" \
        --iptables=false --ip6tables=false --bridge=none </dev/null >"$log" 2>&1 9>&- &
    for _ in $(seq 150); do
        answers && break
        sleep 0.2
    done
    answers || { tail -n 15 "$log" >&2; die "dockerd did not start; its log is $log"; }
fi

if ! docker image inspect "$image" >/dev/null 2>&1; then
    say "making the image $image of $sid (about half a minute)"
    tar -C "$sid" --one-file-system --exclude=./tmp/* --exclude=./var/cache/* --exclude=./var/lib/apt/lists/* -cf - . \
        | docker import --change 'ENV LC_ALL=C.UTF-8' - "$image" >/dev/null || die "the image could not be made"
fi

echo "$folder"
