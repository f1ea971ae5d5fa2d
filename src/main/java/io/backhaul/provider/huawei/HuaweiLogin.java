package io.backhaul.provider.huawei;

import io.backhaul.provider.ApiAnswer;
import io.backhaul.provider.Asked;
import io.backhaul.provider.Dialect;
import io.backhaul.provider.ProviderCalls;
import io.backhaul.provider.Redactor;

/** How a source proves itself. Safe for use by several threads. */
interface HuaweiLogin extends Dialect {
    String TOKEN_HEADER = "X-Auth-Token";

    /** What Huawei counts failures by; no secret. */
    String account();

    /** Knows the secrets of the moment. */
    Redactor redactor();

    /**
     * What the next request goes with, asked for where it is not known yet or about to end.
     *
     * @param calls with this login as its dialect: a refusal rests the credential as any other does
     */
    Asked<HuaweiSession> session(ProviderCalls calls);

    /** Learns what came of a call; tells whether the session was at fault, and a new one is worth one more try. */
    boolean endsSession(HuaweiSession session, Asked<ApiAnswer> asked);
}
