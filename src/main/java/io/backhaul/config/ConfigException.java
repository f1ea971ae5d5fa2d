package io.backhaul.config;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** A config file that cannot be used. It has no cause: the parser's exceptions quote the file, and with it secrets. */
public final class ConfigException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient List<Fault> faults;

    /** A file that was read, and cannot be used for what was found in it. */
    public ConfigException(Path file, List<Fault> faults) {
        super(message(file, faults));
        this.faults = List.copyOf(faults);
    }

    /** All that is wrong, in the order of the file as far as it has one. */
    public List<Fault> faults() {
        return faults;
    }

    private static String message(Path file, List<Fault> faults) {
        var head = file + ": " + faults.size() + (faults.size() == 1 ? " problem" : " problems");
        return faults.stream().map(fault -> "\n  " + fault).collect(Collectors.joining("", head, ""));
    }
}
