/** PostgreSQL: what we know, and who works on it. The only place with SQL. */
@NullMarked
package io.backhaul.catalog;

import org.jspecify.annotations.NullMarked;
