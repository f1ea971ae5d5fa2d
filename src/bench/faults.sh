#!/usr/bin/env bash
# Shows what Backhaul and other download tools make of a store that misbehaves: a table of faults and tools. Each cell is
# a download that broke in the middle and went on over a new link, on which the store struck once: the file is intact,
# the tool fails and says so, or it ends well and the file is wrong.
#
#   src/bench/faults.sh
#
# Needs a package (mvn -DskipTests -Ppackage package) and JAVA_HOME at a JDK from 21 on for the store; curl, wget, aria2c
# and rclone where they are installed. Takes some minutes.
set -euo pipefail

top=$(cd "$(dirname "$0")/../.." && pwd)
# shellcheck source=src/bench/nginx.sh
. "$top/src/bench/nginx.sh"
require sh
make_folder ''
tools=()
for tool in curl wget aria2c rclone; do
  ! command -v "$tool" >/dev/null || tools+=("$tool")
done
# the simulator's own log lines begin with the time
run_source "$top/src/bench/FaultColumns.java" "$backhaul" "$dir/runs" "${tools[@]}" | grep -v '^[0-9-]*T[0-9:.]*Z '
