/**
 * Files, environment and credentials become one validated tree of records. {@link io.backhaul.config.ConfigFile} is the
 * way in. Every key is defined once, in a {@code …Keys} class: reader, JSON Schema and did-you-mean all come from there.
 */
@NullMarked
package io.backhaul.config;

import org.jspecify.annotations.NullMarked;
