package io.backhaul.catalog;

import java.nio.charset.StandardCharsets;
import java.sql.Types;
import org.jdbi.v3.core.argument.AbstractArgumentFactory;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.config.ConfigRegistry;

/**
 * Makes texts that come from a provider fit for PostgreSQL, which stores neither NUL nor half a surrogate pair: one such
 * name must not keep the whole listing from being written.
 */
final class StorableText extends AbstractArgumentFactory<String> {
    StorableText() {
        super(Types.VARCHAR);
    }

    /** The text, with a replacement for each character that cannot be stored. */
    static String of(String given) {
        var encoded = given.replace('\0', '\uFFFD').getBytes(StandardCharsets.UTF_8);
        return new String(encoded, StandardCharsets.UTF_8);
    }

    @Override
    protected Argument build(String value, ConfigRegistry config) {
        return (position, statement, context) -> statement.setString(position, of(value));
    }
}
