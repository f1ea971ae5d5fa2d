/** Huawei Cloud: backups of DCS (Redis) and GES (graphs). The contract is docs' huawei.md; clauses are cited where they decide. */
@NullMarked
package io.backhaul.provider.huawei;

import org.jspecify.annotations.NullMarked;
