# Backhaul in a container (docs/container.md): the .tar.gz that mvn -Ppackage packs, with its own Java, on a plain Debian.
#   docker build --tag backhaul --build-arg VERSION=… --build-arg REVISION="$(git rev-parse HEAD)" .
FROM debian:trixie-slim AS build
RUN apt-get update \
 && apt-get install -y --no-install-recommends binutils ca-certificates maven openjdk-25-jdk-headless \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --create-home --uid 10000 build \
 && install -d --owner build /src
USER build
WORKDIR /src
COPY --chown=build pom.xml backhaul README.md LICENSE ./
COPY --chown=build config config
COPY --chown=build docs docs
COPY --chown=build migrations migrations
COPY --chown=build systemd systemd
COPY --chown=build src/package src/package
COPY --chown=build src/main src/main
RUN mvn -q -B -Dmaven.test.skip=true -Dspotless.check.skip -Ppackage package
# The cache of classes is good for one place only, so it is made where Backhaul will be; by a run of the demo, whose
# PostgreSQL refuses root.
USER root
RUN tar --extract --file target/backhaul-*.tar.gz --strip-components 1 --directory /usr \
 && install -d --owner build /cache \
 && runuser --user build -- /usr/lib/backhaul/train.sh /usr/lib/backhaul /cache \
 && install -m 644 /cache/* /usr/lib/backhaul/

FROM debian:trixie-slim
# Numbers of their own, so that owners of volumes are the same on every host.
RUN groupadd --gid 10001 backhaul \
 && useradd --uid 10001 --gid backhaul --no-log-init --no-create-home --home-dir /var/lib/backhaul \
        --shell /usr/sbin/nologin backhaul \
 && install -d -m 700 -o backhaul -g backhaul /var/lib/backhaul \
 && install -d -m 750 -o backhaul -g backhaul /srv/backups \
 && install -d /etc/backhaul
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ca-certificates.crt
COPY --from=build /usr/lib/backhaul /usr/lib/backhaul
COPY --from=build /usr/bin/backhaul /usr/bin/backhaul
COPY --from=build --chown=root:root /src/LICENSE /usr/share/doc/backhaul/LICENSE

ARG VERSION=unknown
ARG REVISION=unknown
LABEL org.opencontainers.image.title="Backhaul" \
      org.opencontainers.image.description="Brings managed-database backups home before their links and the provider's copies die" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="$VERSION" \
      org.opencontainers.image.revision="$REVISION" \
      org.opencontainers.image.base.name="docker.io/library/debian:trixie-slim"

USER 10001:10001
WORKDIR /var/lib/backhaul
# State and archives; the configuration is mounted at /etc/backhaul/backhaul.yaml. Beside these only /tmp is written.
VOLUME ["/var/lib/backhaul", "/srv/backups"]
EXPOSE 9464
# The launcher replaces itself with Java, so SIGTERM reaches the daemon, which ends in order within ten seconds.
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=10s --start-period=2m --retries=3 CMD ["/usr/bin/backhaul", "health"]
ENTRYPOINT ["/usr/bin/backhaul"]
CMD ["run"]
