#!/bin/bash
# Builds target/backhaul_VERSION_ARCH.deb and target/backhaul-VERSION-linux-ARCH.tar.gz from target/backhaul.jar and
# target/lib, with a Java runtime of their own. Called by mvn -Ppackage; see docs/install.md.
#   build.sh VERSION TIMESTAMP     VERSION as in pom.xml, TIMESTAMP as project.build.outputTimestamp
# Needs a JDK 21 or newer with jlink (BACKHAUL_JDK, JAVA_HOME, or the newest under /usr/lib/jvm and /opt) and dpkg-deb.
set -euo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.."

version=${1//-SNAPSHOT/\~snapshot}
timestamp=$2
SOURCE_DATE_EPOCH=$(date --date "$timestamp" +%s)
export SOURCE_DATE_EPOCH
architecture=$(dpkg --print-architecture)
work=target/package
root=$work/root
home=$root/usr/lib/backhaul
umask 022

say() {
    printf 'package: %s\n' "$*" >&2
}

release_of() {
    sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release" 2>/dev/null
}

# Prints the home of the newest JDK with jlink, or of the one that is named.
find_jdk() {
    local home release best='' newest=20
    for home in ${BACKHAUL_JDK:+"$BACKHAUL_JDK"} ${JAVA_HOME:+"$JAVA_HOME"} /usr/lib/jvm/* /opt/*; do
        [[ -x $home/bin/jlink ]] || continue
        release=$(release_of "$home")
        if [[ -n $release && $release -gt $newest ]]; then
            best=$home
            newest=$release
        fi
        [[ -z ${BACKHAUL_JDK:-} ]] || break
    done
    [[ -n $best ]] || { say "no JDK 21 or newer with jlink found; name one in BACKHAUL_JDK" && exit 1; }
    printf '%s\n' "$best"
}

# What only reflection, services or an operator with jcmd need: elliptic curves, Unsafe, ZIP file systems, keep-alive
# options of sockets.
extra_modules=java.management,jdk.crypto.ec,jdk.jcmd,jdk.net,jdk.unsupported,jdk.zipfs

# All classes in one folder, since jdeps insists on whole module graphs of jars that are modules.
modules() {
    local classes=$work/classes jar
    mkdir -p "$classes"
    for jar in "$home"/backhaul.jar "$home"/lib/*.jar; do
        (cd "$classes" && "$jdk/bin/jar" -xf "$OLDPWD/$jar")
    done
    rm -rf "$classes/META-INF/versions"
    find "$classes" -name module-info.class -delete
    "$jdk/bin/jdeps" --ignore-missing-deps --print-module-deps "$classes"
    rm -rf "$classes"
}

stage_program() {
    local other
    install -D -m 755 backhaul "$root/usr/bin/backhaul"
    install -D -m 755 src/package/train.sh "$home/train.sh"
    install -D -m 644 target/backhaul.jar "$home/backhaul.jar"
    mkdir -p "$home/lib"
    install -m 644 target/lib/*.jar "$home/lib/"
    # PostgreSQL for other machines, as many megabytes as all the rest.
    case $architecture in
        amd64) other=arm64v8 ;;
        *) other=amd64 ;;
    esac
    rm -f "$home"/lib/embedded-postgres-binaries-linux-$other-*.jar
    # JNA's native part as a file: unpacked at each start it would need a temporary folder that may be executed from.
    (cd "$work" && "$jdk/bin/jar" -xf "$OLDPWD"/target/lib/jna-*.jar "com/sun/jna/linux-$jna_machine/libjnidispatch.so")
    install -D -m 644 "$work/com/sun/jna/linux-$jna_machine/libjnidispatch.so" "$home/native/libjnidispatch.so"
    rm -r "${work:?}/com"
}

stage_runtime() {
    local found
    found=$(modules)
    say "Java $(release_of "$jdk") of $jdk, modules $found,$extra_modules"
    "$jdk/bin/jlink" --add-modules "$found,$extra_modules" --output "$home/runtime" \
        --strip-debug --no-header-files --no-man-pages --generate-cds-archive
    chmod -R u+w "$home/runtime"
    # For object layouts that the launcher never asks for.
    rm -f "$home"/runtime/lib/server/classes_*.jsa
}

# Java ends at a flag that it does not know, and this one may be newer than any that the launcher's flags were tried with.
try_launcher() {
    local word
    for word in run demo fetch check; do
        BACKHAUL_JAVA='' "$root/usr/bin/backhaul" "$word" --help >/dev/null ||
            { say "Java $(release_of "$jdk") of $jdk cannot start \"backhaul $word\"; name another in BACKHAUL_JDK" && exit 1; }
    done
}

stage_pages() {
    "$jdk/bin/java" -cp "$home/backhaul.jar:$home/lib/*" src/package/Pages.java "$work/pages" "$version" \
        "$(date --utc --date "@$SOURCE_DATE_EPOCH" +%F)"
    mkdir -p "$root/usr/share/man/man1"
    install -m 644 "$work"/pages/man/*.1 "$root/usr/share/man/man1/"
    gzip -9n "$root"/usr/share/man/man1/*.1
    install -D -m 644 "$work/pages/completion/backhaul.bash" "$root/usr/share/bash-completion/completions/backhaul"
    install -D -m 644 "$work/pages/completion/_backhaul" "$root/usr/share/zsh/vendor-completions/_backhaul"
    install -D -m 644 "$work/pages/completion/backhaul.fish" \
        "$root/usr/share/fish/vendor_completions.d/backhaul.fish"
}

stage_files() {
    local page folder
    install -D -m 644 systemd/backhaul.service "$root/usr/lib/systemd/system/backhaul.service"
    install -D -m 644 systemd/backhaul.sysusers "$root/usr/lib/sysusers.d/backhaul.conf"
    install -D -m 644 systemd/backhaul.tmpfiles "$root/usr/lib/tmpfiles.d/backhaul.conf"
    install -D -m 640 config/backhaul.yaml "$root/etc/backhaul/backhaul.yaml"
    # Where things are once installed, and keys from where the unit can give them.
    # shellcheck disable=SC2016 # the dollars are the file's
    sed -i -e 's|\$schema=backhaul\.schema\.json|$schema=/usr/share/backhaul/backhaul.schema.json|' \
        -e 's|^#   HW_AK=.*|#   runuser -u backhaul -- env CREDENTIALS_DIRECTORY=/etc/backhaul/credentials backhaul check|' \
        -e 's|\${env:HW_AK}|${credential:hw-ak}|; s|\${env:HW_SK}|${credential:hw-sk}|' "$root/etc/backhaul/backhaul.yaml"
    install -d -m 750 "$root/etc/backhaul/credentials"
    install -D -m 644 config/backhaul.schema.json "$root/usr/share/backhaul/backhaul.schema.json"
    mkdir -p "$root/usr/share/backhaul/examples"
    install -m 644 config/examples/*.yaml "$root/usr/share/backhaul/examples/"
    for folder in prometheus grafana; do
        if [[ -d config/$folder ]]; then
            cp -r "config/$folder" "$root/usr/share/backhaul/"
        fi
    done
    mkdir -p "$root/usr/share/doc/backhaul"
    for page in README.md docs/*.md; do
        install -m 644 "$page" "$root/usr/share/doc/backhaul/"
    done
    install -m 644 src/package/debian/copyright "$root/usr/share/doc/backhaul/copyright"
    printf 'backhaul (%s) stable; urgency=medium\n\n  * Version %s.\n\n -- %s  %s\n' "$version" "$version" \
        'Backhaul developers <backhaul@backhaul.io>' "$(date --utc --rfc-email --date "@$SOURCE_DATE_EPOCH")" |
        gzip -9n >"$root/usr/share/doc/backhaul/changelog.gz"
    install -D -m 644 src/package/debian/lintian-overrides "$root/usr/share/lintian/overrides/backhaul"
}

# Java checks size and time of what a cache was made from, so no file may change after this.
settle() {
    find "$root" -newermt "@$SOURCE_DATE_EPOCH" -exec touch --no-dereference --date "@$SOURCE_DATE_EPOCH" {} +
}

# A cache is only good for the place that it was made for, so the staged folder is shown there while it is made.
make_cache() {
    local as_root=()
    [[ $(id -u) -eq 0 ]] || as_root=(--user --map-root-user)
    # shellcheck disable=SC2016 # expanded by the inner shell
    if ! unshare "${as_root[@]}" --mount --propagation private bash -euc '
        mount -t overlay overlay -o "lowerdir=$1/usr/lib:/usr/lib" /usr/lib
        src/package/train.sh /usr/lib/backhaul "$1/usr/lib/backhaul"' - "$PWD/$root"; then
        say "no cache made, so Java will start slowly (src/package/train.sh makes one in an installation)"
    fi
}

make_deb() {
    local control=$root/DEBIAN deb=target/backhaul_${version}_$architecture.deb
    mkdir -p "$control"
    install -m 755 src/package/debian/{postinst,prerm,postrm} "$control/"
    install -m 644 src/package/debian/conffiles "$control/"
    sed -e "s/@VERSION@/$version/; s/@ARCHITECTURE@/$architecture/" \
        -e "s/@SIZE@/$(du -sk --exclude=DEBIAN "$root" | cut -f 1)/" src/package/debian/control >"$control/control"
    (cd "$root" && find . -type f ! -path './DEBIAN/*' -printf '%P\0' | LC_ALL=C sort -z | xargs -0 md5sum) \
        >"$control/md5sums"
    dpkg-deb --root-owner-group -Zxz -z1 --build "$root" "$deb.part" >/dev/null
    mv "$deb.part" "$deb"
    rm -r "$control"
    say "$deb"
}

make_tar() {
    local name=backhaul-$version-linux-$architecture
    # S: not where symlinks lead to, or the ".." of Java's legal notices would become the folder's name
    tar --create --gzip --file "target/$name.tar.gz.part" --directory "$root" --owner=0 --group=0 --numeric-owner \
        --sort=name --exclude='*/backhaul.jsa' --exclude='*/cache.home' \
        --transform "s,^\./usr,.,S;s,^\.,$name,S" .
    mv "target/$name.tar.gz.part" "target/$name.tar.gz"
    say "target/$name.tar.gz"
}

case $architecture in
    amd64) jna_machine=x86-64 ;;
    arm64) jna_machine=aarch64 ;;
    *) say "no embedded PostgreSQL for $architecture" && exit 1 ;;
esac
[[ -f target/backhaul.jar && -d target/lib ]] || { say "target/backhaul.jar is missing; mvn -Ppackage builds it" && exit 1; }
jdk=$(find_jdk)
rm -rf "$work"
mkdir -p "$work"
stage_program
stage_runtime
try_launcher
stage_pages
stage_files
settle
make_cache
settle
make_deb
make_tar
