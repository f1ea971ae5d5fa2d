/** Ask a cloud: which instances, which backups, links for one. One subpackage per cloud; clouds do not see each other. */
@NullMarked
package io.backhaul.provider;

import org.jspecify.annotations.NullMarked;
