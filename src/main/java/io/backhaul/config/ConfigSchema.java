package io.backhaul.config;

import java.util.Map;

/** The JSON Schema of a config file, from the definitions that the reader uses. {@code config/} keeps a copy. */
final class ConfigSchema {
    /** The definition of a value that comes from elsewhere. */
    static final String REFERENCE = "reference";

    private ConfigSchema() {}

    static Map<String, Object> document() {
        var document = Shape.object(
                "$schema",
                "https://json-schema.org/draft/2020-12/schema",
                "title",
                "Backhaul's config",
                "description",
                "Generated from io.backhaul.config by ConfigSchemaTest. Any value may hold ${env:NAME}, ${file:PATH} or"
                        + " ${credential:NAME}; $$ is one $.");
        document.putAll(RootKeys.FIELDS.schema());
        document.put(
                "$defs",
                Shape.object(
                        REFERENCE,
                        Shape.object(
                                "description",
                                "A value that comes from the environment, a file or a systemd credential.",
                                "type",
                                "string",
                                "pattern",
                                References.SHAPE)));
        return document;
    }
}
