# Backhaul in a container: built from this checkout, run by a user of its own.
FROM debian:trixie-slim AS build
RUN apt-get update \
 && apt-get install -y --no-install-recommends openjdk-21-jdk-headless maven \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY pom.xml ./
COPY config config
COPY migrations migrations
COPY src/main src/main
RUN mvn -q -B -Dmaven.test.skip=true -Dspotless.check.skip package

FROM debian:trixie-slim
RUN apt-get update \
 && apt-get install -y --no-install-recommends openjdk-21-jre-headless \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --system --uid 10001 --home-dir /var/lib/backhaul --create-home backhaul \
 && mkdir -p /etc/backhaul /srv/backups \
 && chown backhaul /srv/backups
COPY --from=build /src/target/backhaul.jar /usr/lib/backhaul/backhaul.jar
COPY --from=build /src/target/lib /usr/lib/backhaul/lib
COPY backhaul /usr/bin/backhaul
USER backhaul
# State and archives; the configuration is mounted at /etc/backhaul/backhaul.yaml.
VOLUME ["/var/lib/backhaul", "/srv/backups"]
EXPOSE 9464
ENTRYPOINT ["/usr/bin/backhaul"]
CMD ["run"]
