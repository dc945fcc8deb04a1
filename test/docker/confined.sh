#!/bin/sh
# Runs a command inside of a folder as a container would: process 1 of its own process namespace, the folder as its
# root, read-only but for a small /tmp, an arbitrary user in group 0, no capabilities, no new privileges, and no shell
# or any other program than what lies in the folder. The network is the machine's.
#
#   confined.sh FOLDER WORKDIR UID COMMAND...      (as root; needs util-linux alone)
set -eu
exec unshare --mount --pid --ipc --fork --kill-child --propagation private sh -euc '
  folder=$1 workdir=$2 uid=$3
  shift 3
  mount --bind "$folder" "$folder"
  for path in lib lib64 usr/lib; do
    # The libraries that node needs; programs lie elsewhere.
    [ -d "/$path" ] || continue
    mkdir -p "$folder/$path"
    mount --bind "/$path" "$folder/$path"
    mount -o remount,bind,ro,nosuid,nodev "$folder/$path"
  done
  mkdir -p "$folder/proc" "$folder/dev" "$folder/tmp" "$folder/sbin"
  for device in null urandom; do
    touch "$folder/dev/$device"
    mount --bind "/dev/$device" "$folder/dev/$device"
  done
  cp "$(command -v setpriv)" "$folder/sbin/setpriv"
  mount -t proc proc "$folder/proc"
  mount -t tmpfs -o size=64m,mode=1777,noexec,nosuid,nodev tmpfs "$folder/tmp"
  mount -o remount,bind,ro,nosuid "$folder"
  exec unshare --root="$folder" --wd="$workdir" /sbin/setpriv --reuid "$uid" --regid 0 --clear-groups \
    --no-new-privs --inh-caps=-all --bounding-set=-all "$@"
' confined "$@"
