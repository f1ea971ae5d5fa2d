package io.backhaul.simulator;

/** What DCS says when the links of a vanished backup are asked for; nobody has documented it (contract 4.2). */
public enum GoneAnswer {
    /** 400, a code that is documented for something else. */
    DCS_4031,
    /** 500, "Query backup record failed": looks like trouble that passes, and does not. */
    DCS_5078
}
