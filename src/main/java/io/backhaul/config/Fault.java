package io.backhaul.config;

/**
 * One thing wrong in a config file.
 *
 * @param path the key, such as {@code sources[0].schedule}, or the line of a syntax error; empty for the file as a whole
 * @param text what is wrong and what to write instead; never the value of a secret
 */
public record Fault(String path, String text) {
    @Override
    public String toString() {
        return path.isEmpty() ? text : path + ": " + text;
    }
}
