#!/bin/sh
# Builds the inside of a sandbox and runs a command there. Runs as the first process of fresh user (as root), mount, process,
# IPC and host name namespaces, which unshare made:
#
#   enter.sh ROOT { bind FROM TO ro|rw | link TARGET AT - | fresh BYTES AT - }... run UID CWD COMMAND...
#
# ROOT is any empty directory: a tmpfs is mounted over it, which nobody outside sees. Needs mount, umount, pivot_root, unshare
# and setpriv. Says {"exit-code": N} on fd 3 when the command has ended, and nothing where it was never started.
set -eu

main() {
  root=$1
  shift
  mount -t tmpfs -o mode=755,nosuid,nodev sandbox "$root"
  mount_proc
  mount_dev
  while [ "$1" != run ]; do
    "mount_$1" "$2" "$3" "$4"
    shift 4
  done
  uid=$2 cwd=$3
  shift 3
  # A loopback device where there is a private network; fails, and need not be done, where the network is the machine's.
  ip link set lo up 2>/dev/null || ifconfig lo up 2>/dev/null || true
  hostname build 2>/dev/null || true
  leave_the_machine
  cd "$cwd"
  status=0
  session=$(command -v setsid || true) # so that a command that kills its process group does not kill this
  $session unshare --user --map-user="$uid" --map-group="$uid" setpriv --no-new-privs "$@" 3>&- &
  wait $! || status=$?
  echo "{ \"exit-code\": $status }" >&3
}

mount_proc() {
  mkdir "$root/proc"
  mount -t proc -o nosuid,nodev,noexec proc "$root/proc"
}

mount_dev() {
  mkdir "$root/dev"
  mount -t tmpfs -o mode=755,nosuid,noexec dev "$root/dev"
  for device in null zero full random urandom tty; do
    : >"$root/dev/$device"
    mount --bind "/dev/$device" "$root/dev/$device"
  done
  mkdir "$root/dev/pts" "$root/dev/shm"
  mount -t devpts -o newinstance,ptmxmode=0666,mode=620,nosuid,noexec devpts "$root/dev/pts"
  ln -s pts/ptmx "$root/dev/ptmx"
  ln -s /proc/self/fd "$root/dev/fd"
  ln -s /proc/self/fd/0 "$root/dev/stdin"
  ln -s /proc/self/fd/1 "$root/dev/stdout"
  ln -s /proc/self/fd/2 "$root/dev/stderr"
}

mount_bind() { # FROM TO ro|rw
  place=$root$2
  if [ -d "$1" ]; then
    mkdir -p "$place"
  elif [ ! -e "$place" ]; then
    mkdir -p "${place%/*}"
    : >"$place"
  fi
  mount --rbind "$1" "$place"
  [ "$3" = rw ] || make_read_only "$place"
}

mount_link() { # TARGET AT
  mkdir -p "$root${2%/*}"
  ln -s "$1" "$root$2"
}

mount_fresh() { # BYTES AT
  mkdir -p "$root$2"
  mount -t tmpfs -o "size=$1,mode=1777,nosuid,nodev" fresh "$root$2"
}

# A mount and all below it. Flags that the machine has set on them are locked, so they are said again.
make_read_only() {
  while read -r _ _ _ _ at options _; do
    case $at in
      *\\*) at=$(printf %b "$at") ;; # blanks are written \040
    esac
    case $at/ in
      "$1"/*) mount -o "remount,bind,nosuid,nodev,ro,${options#r[wo],}" none "$at" ;;
    esac
  done </proc/self/mountinfo
}

leave_the_machine() {
  mkdir "$root/.machine"
  cd "$root"
  pivot_root . .machine
  root=
  umount -l /.machine
  rmdir /.machine
  mount -o remount,bind,ro,nosuid none /dev
  mount -o remount,bind,ro,nosuid,nodev none /
}

main "$@"
