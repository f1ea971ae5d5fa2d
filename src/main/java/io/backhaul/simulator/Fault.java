package io.backhaul.simulator;

import java.time.Duration;

/**
 * Ways to misbehave. Each says where it can strike and what it must be told; {@link #plain()} and the {@code with}
 * methods make an order out of it, for {@link FaultPlan#inject}.
 */
public enum Fault {
    /** The connection is torn (RST) instead of an answer. */
    NO_ANSWER(Place.ANYWHERE, Parameter.NONE),
    /** The connection is torn (RST) after so many bytes of the body; what was on its way may be lost too. */
    CONNECTION_CUT(Place.ANYWHERE, Parameter.NUMBER),
    /** The body is as short as that, its Content-Length honest: the connection ends in good order too early. */
    BODY_TRUNCATED(Place.ANYWHERE, Parameter.NUMBER),
    /** The body is as short as that, and Content-Length agrees: only the total in Content-Range still tells. */
    LENGTH_SHORT(Place.ANYWHERE, Parameter.NUMBER),
    /** The body is as short as that, and no Content-Length tells: it ends with the connection, as a whole one would. */
    LENGTH_MISSING(Place.ANYWHERE, Parameter.NUMBER),
    /** After so many bytes of the body nothing comes, until {@link SimulatedCloud#releaseStalls()}. */
    BODY_STALLED(Place.ANYWHERE, Parameter.NUMBER),
    /** The body comes at so many bytes a second. */
    BODY_SLOW(Place.ANYWHERE, Parameter.NUMBER),
    /** The answer begins so much later, in real time. */
    ANSWER_LATE(Place.ANYWHERE, Parameter.DURATION),
    /** The answer has no Date. */
    DATE_MISSING(Place.ANYWHERE, Parameter.NONE),
    /** 200 with an XML error document for a body. */
    XML_ERROR_WITH_200(Place.ANYWHERE, Parameter.NONE),
    /** 200 with a web page for a body. */
    HTML_PAGE_WITH_200(Place.ANYWHERE, Parameter.NONE),
    /** 502 and a proxy's web page. */
    HTML_502(Place.ANYWHERE, Parameter.NONE),
    /** 429, or whatever the dialect says to one who asks too often; Retry-After too where the duration is not zero. */
    THROTTLED(Place.ANYWHERE, Parameter.DURATION),
    /** 503; Retry-After too where the duration is not zero. */
    UNAVAILABLE(Place.ANYWHERE, Parameter.DURATION),
    /** 500 in the place's own error format. */
    INTERNAL_ERROR(Place.ANYWHERE, Parameter.NONE),
    /** What an API says to a credential that is right and may not do this. */
    FORBIDDEN(Place.OPERATION, Parameter.NONE),
    /** 302 to the URL given. */
    REDIRECT(Place.ANYWHERE, Parameter.TEXT),

    /** The link asked with is refused as expired from now on; a new link of the same file works. */
    LINK_EXPIRED_EARLY(Place.FILE, Parameter.NONE),
    /** A request for a range gets the rest of the object from another first byte, and Content-Range says so. */
    CONTENT_RANGE_WRONG(Place.FILE, Parameter.NUMBER),
    /** A request for a range gets the Content-Range it asked for, and bytes from another first byte. */
    CONTENT_RANGE_LYING(Place.FILE, Parameter.NUMBER),
    /** A request for a range gets 200 and everything. */
    RANGE_IGNORED(Place.FILE, Parameter.NONE),
    /** From now on the object has other bytes, as many as before, and another ETag. */
    OBJECT_SWAPPED(Place.FILE, Parameter.NONE),
    /** From now on the object has other bytes, as many as before, and no ETag. */
    OBJECT_SWAPPED_WITHOUT_ETAG(Place.FILE, Parameter.NONE),
    /** In this answer one bit of the object's byte at that position is wrong. */
    BIT_FLIPPED(Place.FILE, Parameter.NUMBER),

    /** A later page of a list repeats the page before it. */
    PAGE_REPEATED(Place.LIST, Parameter.NONE),
    /** Before a later page of a list the first item of the list is deleted, so that one item slips through unseen. */
    LIST_SHRINKS(Place.LIST, Parameter.NONE),
    /** The page of that number, from 1, is answered with 500. */
    PAGE_FAILS(Place.LIST, Parameter.NUMBER),

    /** The backup is deleted just before its links are asked for. */
    BACKUP_LOST(Place.LINKS, Parameter.NONE),
    /** The first file carries the name given. */
    FILE_NAME_HOSTILE(Place.LINKS, Parameter.TEXT),
    /** All files carry the first one's name. */
    FILE_NAMES_REPEATED(Place.LINKS, Parameter.NONE),
    /** The links have one opaque parameter and show no expiry; they work, and they expire all the same. */
    LINKS_OPAQUE(Place.LINKS, Parameter.NONE);

    /** Which requests a fault can strike. */
    enum Place {
        ANYWHERE,
        FILE,
        OPERATION,
        LIST,
        LINKS
    }

    /** What a fault must be told. */
    enum Parameter {
        NONE,
        NUMBER,
        DURATION,
        TEXT
    }

    private final Place place;
    private final Parameter parameter;

    Fault(Place place, Parameter parameter) {
        this.place = place;
        this.parameter = parameter;
    }

    /** An order of a fault that takes no parameter, or whose duration may be zero. */
    public FaultOrder plain() {
        return new FaultOrder(this, 0, Duration.ZERO, "");
    }

    /** An order told a number: bytes, a position, a rate, a page, as the fault says. */
    public FaultOrder with(long number) {
        return new FaultOrder(this, number, Duration.ZERO, "");
    }

    /** An order told how long. */
    public FaultOrder with(Duration duration) {
        return new FaultOrder(this, 0, duration, "");
    }

    /** An order told a name or a URL. */
    public FaultOrder with(String text) {
        return new FaultOrder(this, 0, Duration.ZERO, text);
    }

    Parameter parameter() {
        return parameter;
    }

    boolean canStrike(FaultTarget target) {
        return switch (place) {
            case ANYWHERE -> true;
            case FILE -> target instanceof FaultTarget.OneFile || target instanceof FaultTarget.AnyFile;
            case OPERATION -> target instanceof FaultTarget.OneOperation || target instanceof FaultTarget.AnyOperation;
            case LIST -> isOperation(target, Operation.Kind.LIST);
            case LINKS -> isOperation(target, Operation.Kind.LINKS);
        };
    }

    private static boolean isOperation(FaultTarget target, Operation.Kind kind) {
        return target instanceof FaultTarget.AnyOperation
                || (target instanceof FaultTarget.OneOperation one
                        && one.operation().kind() == kind);
    }
}
