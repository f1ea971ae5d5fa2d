#!/bin/bash
# Makes backhaul.jsa, the cache of loaded classes that lets Java start quickly, from a run of the demo; and cache.home, which
# says what place it is for, as Java does not always notice that a jar was moved.
#   train.sh HOME [INTO]     HOME is /usr/lib/backhaul of an installation; INTO is where to put it (default HOME)
set -euo pipefail

home=$(realpath -- "$1")
into=${2:-$home}
java=$home/runtime/bin/java
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# The launcher's own flags, so that the cache fits its heap. Java 25's own kind of cache (-XX:AOTCache) keeps lambdas only
# if it links ahead as well, and then whatever goes wrong in that ends Java at its start; without, this kind starts sooner.
"$java" -XX:+UseSerialGC -Xms64m -XX:+ExitOnOutOfMemoryError "-Djna.boot.library.path=$home/native" -Djna.nounpack=true \
    "-XX:ArchiveClassesAtExit=$scratch/cache" -jar "$home/backhaul.jar" demo --once --dir "$scratch/demo" \
    >"$scratch/log" 2>&1 || { cat "$scratch/log" >&2 && exit 1; }

# What is made is put in place only when it is whole: half a cache may crash the Java that reads it.
install -m 644 "$scratch/cache" "$into/backhaul.jsa.part"
mv "$into/backhaul.jsa.part" "$into/backhaul.jsa"
printf '%s\n' "$home" >"$into/cache.home"
