#!/bin/bash
# Makes the cache of loaded and linked classes that lets Java start quickly: HOME/backhaul.aot (Java 25 and newer) or
# HOME/backhaul.jsa, from one run of the demo.
#   train.sh HOME     HOME is /usr/lib/backhaul of an installation, or of one that is being packed
set -euo pipefail

home=$(realpath -- "$1")
java=$home/runtime/bin/java
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

if [[ $(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$home/runtime/release") -ge 25 ]]; then
    cache=$home/backhaul.aot
    record=-XX:AOTCacheOutput=
else
    cache=$home/backhaul.jsa
    record=-XX:ArchiveClassesAtExit=
fi

# The launcher's own flags, so that the cache fits its heap.
flags=(-XX:+UseSerialGC -XX:+ExitOnOutOfMemoryError "-Djna.boot.library.path=$home/native" -Djna.nounpack=true)

# Whatever is made is put in place only when it is whole: half a cache may crash the Java that reads it.
"$java" "${flags[@]}" "$record$scratch/cache" -jar "$home/backhaul.jar" demo --once --dir "$scratch/demo" \
    >"$scratch/log" 2>&1 || { cat "$scratch/log" >&2 && exit 1; }
[[ -s $scratch/cache ]] || { cat "$scratch/log" >&2 && exit 1; }
install -m 644 "$scratch/cache" "$cache.part"
mv "$cache.part" "$cache"
