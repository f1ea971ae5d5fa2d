package io.backhaul.cli;

import io.backhaul.app.Availability;
import io.backhaul.config.AdminConfig;
import io.backhaul.config.BackhaulConfig;
import io.backhaul.config.ConfigException;
import io.backhaul.config.ConfigFile;
import io.backhaul.schedule.Cron;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The {@code --config} of every command that needs one. */
final class ConfigOption {
    @Option(
            names = "--config",
            paramLabel = "FILE",
            defaultValue = "${env:BACKHAUL_CONFIG:-/etc/backhaul/backhaul.yaml}",
            description = "Configuration file (default: $BACKHAUL_CONFIG, else /etc/backhaul/backhaul.yaml).")
    private Path file = Path.of("/etc/backhaul/backhaul.yaml");

    Path file() {
        return file;
    }

    /**
     * The whole configuration, for a command that speaks to providers and archives.
     *
     * @throws ConfigException with every fault, parts that this version does not support included
     */
    BackhaulConfig read() {
        var config = ConfigFile.read(file, System.getenv(), Cron::fault);
        var unavailable = Availability.faults(config);
        if (!unavailable.isEmpty()) {
            throw new ConfigException(file, unavailable);
        }
        return config;
    }

    /** Where the daemon listens: no secret needs to be there. */
    AdminConfig readForHealth() {
        return ConfigFile.readForHealth(file, System.getenv(), Cron::fault);
    }

    /** The configuration for a command that only reads the catalog: secrets that it does not use may be missing. */
    BackhaulConfig readForCatalog() {
        return ConfigFile.readForCatalog(file, System.getenv(), Cron::fault);
    }
}
