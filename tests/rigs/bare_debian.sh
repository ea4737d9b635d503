#!/usr/bin/env bash
# Rig: does the project get from nothing to green on a bare Debian? Takes about ten minutes and 3 GB of /tmp.
#
#   sudo tests/rigs/bare_debian.sh                     Debian 12
#   sudo SUITE=trixie tests/rigs/bare_debian.sh        Debian 13 (Python 3.13, the ...t64 names)
#   sudo PHASES="setup demo" tests/rigs/bare_debian.sh some of: refusal killed setup offline check test offline_test demo
#
# Makes a minbase system with python3 and nothing more in a folder of its own (packages: debootstrap, iproute2), clones the
# committed state of this project into it and runs run.py there. Every mount lives in a mount namespace of its own and
# every process in a process namespace of its own, so both end with the rig, also when it is killed.
set -euo pipefail

suite=${SUITE:-bookworm}
mirror=${MIRROR:-http://deb.debian.org/debian}
phases=${PHASES:-refusal killed setup offline check test offline_test demo}
project=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd)

if [[ ${1:-} != inside ]]; then
    bare=$(mktemp -d --tmpdir diaba-bare.XXXXXX)
    trap 'rm -rf --one-file-system -- "$bare"' EXIT
    unshare --mount --propagation private --pid --fork --kill-child bash "${BASH_SOURCE[0]}" inside "$bare"
    exit
fi
bare=$2
chmod 755 "$bare"

# A bare system with this machine's way to the network: name server, own certificates, pip's configuration.
debootstrap --variant=minbase --include=python3 "$suite" "$bare" "$mirror" >"$bare.log" 2>&1 || { tail "$bare.log"; exit 1; }
rm -f -- "$bare.log"
cp -L /etc/resolv.conf "$bare/etc/resolv.conf"
mkdir -p "$bare/usr/local/share"
[[ -d /usr/local/share/ca-certificates ]] && cp -rL /usr/local/share/ca-certificates "$bare/usr/local/share/"
[[ -f /etc/pip.conf ]] && cp -L /etc/pip.conf "$bare/etc/pip.conf"
mount -t proc proc "$bare/proc"
mount --rbind /dev "$bare/dev"
git clone -q "$project" "$bare/srv/diaba"
echo "bare $suite: $(chroot "$bare" python3 --version), $(chroot "$bare" dpkg-query -W | wc -l) packages," \
    "commit $(git -C "$bare/srv/diaba" rev-parse --short HEAD)"

# phase NAME STATUS COMMAND...: runs it in the bare system if it is asked for; ends the rig if its status is another.
phase() {
    local name=$1 expected=$2 status=0 began=$SECONDS
    shift 2
    [[ " $phases " == *" $name "* ]] || return 0
    echo "== $name: $*"
    env -i HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin CI=true "$@" </dev/null || status=$?
    echo "== $name: exit $status after $((SECONDS - began)) s"
    [[ $status == "$expected" ]] || exit 1
}

here=(chroot "$bare" sh -c 'cd /srv/diaba && exec "$@"' sh)
no_network=(unshare --net sh -c 'ip link set lo up && exec "$@"' sh) # the computer's own loopback stays

phase refusal 1 chroot --userspec=65534:65534 "$bare" python3 /srv/diaba/run.py setup
phase killed 137 "${here[@]}" timeout -s KILL "${KILL_AFTER_S:-45}" python3 run.py setup
phase setup 0 "${here[@]}" python3 run.py setup
phase offline 0 "${no_network[@]}" "${here[@]}" python3 run.py setup
phase check 0 "${here[@]}" python3 run.py check
phase test 0 "${here[@]}" bash .ci/run
phase offline_test 0 "${no_network[@]}" "${here[@]}" python3 run.py test
phase demo 0 "${here[@]}" python3 run.py demo
