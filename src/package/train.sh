#!/bin/bash
# Makes the cache of loaded classes that lets Java start quickly: backhaul.aot (Java 25 and newer) or backhaul.jsa, from a
# run of the demo; and cache.home, which says what place it is for, as Java does not always notice that a jar was moved.
#   train.sh HOME [INTO]     HOME is /usr/lib/backhaul of an installation; INTO is where to put it (default HOME)
set -euo pipefail

home=$(realpath -- "$1")
into=${2:-$home}
java=$home/runtime/bin/java
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# The launcher's own flags, so that the cache fits its heap.
flags=(-XX:+UseSerialGC -Xms64m -XX:+ExitOnOutOfMemoryError "-Djna.boot.library.path=$home/native" -Djna.nounpack=true)
demo=(-jar "$home/backhaul.jar" demo --once --dir "$scratch/demo")

run() {
    "$java" "${flags[@]}" "$@" >"$scratch/log" 2>&1 || { cat "$scratch/log" >&2 && exit 1; }
}

if [[ $(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$home/runtime/release") -ge 25 ]]; then
    name=backhaul.aot
    run -XX:AOTMode=record "-XX:AOTConfiguration=$scratch/seen" "${demo[@]}"
    # Linking ahead as well would save half a second more, but whatever goes wrong in it ends Java at its start.
    run -XX:AOTMode=create "-XX:AOTConfiguration=$scratch/seen" "-XX:AOTCache=$scratch/cache" -XX:-AOTClassLinking \
        -jar "$home/backhaul.jar"
else
    name=backhaul.jsa
    run "-XX:ArchiveClassesAtExit=$scratch/cache" "${demo[@]}"
fi

# What is made is put in place only when it is whole: half a cache may crash the Java that reads it.
install -m 644 "$scratch/cache" "$into/$name.part"
mv "$into/$name.part" "$into/$name"
printf '%s\n' "$home" >"$into/cache.home"
