package io.backhaul.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLParser;

/**
 * YAML text to {@link Node}s. Jackson's own tree would drop or refuse double keys at the first one; here they stay for
 * the reader to report. Anchors and aliases work; merge keys do not.
 */
final class YamlTree {
    private final YAMLParser parser;
    private final Map<String, Node> anchors = new HashMap<>();

    private YamlTree(YAMLParser parser) {
        this.parser = parser;
    }

    /** The one document of a text; {@link Node.Nothing} for a text without any. Syntax errors throw. */
    static Node parse(String text) throws Malformed {
        try (var parser = (YAMLParser) new YAMLFactory().createParser(ObjectReadContext.empty(), text)) {
            return new YamlTree(parser).document();
        } catch (JacksonException e) {
            throw malformed(e);
        }
    }

    private Node document() throws Malformed {
        if (parser.nextToken() == null) {
            return new Node.Nothing();
        }
        var root = node();
        if (parser.nextToken() != null) {
            throw new Malformed(here(), "a second document begins; keep one document in the file");
        }
        return root;
    }

    private Node node() throws Malformed {
        if (parser.isCurrentAlias()) {
            return alias(parser.getString());
        }
        // Read now: the parser's anchor is that of its current token only.
        var anchor = parser.getObjectId();
        var node = switch (token()) {
            case START_OBJECT -> mapping();
            case START_ARRAY -> sequence();
            case VALUE_NULL -> new Node.Nothing();
            default -> new Node.Scalar(parser.getString());
        };
        if (anchor != null) {
            anchors.put(anchor, node);
        }
        return node;
    }

    private Node mapping() throws Malformed {
        var entries = new ArrayList<Node.Entry>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            var name = parser.currentName();
            var line = parser.currentTokenLocation().getLineNr();
            parser.nextToken();
            entries.add(new Node.Entry(name, line, node()));
        }
        return new Node.Mapping(List.copyOf(entries));
    }

    private Node sequence() throws Malformed {
        var items = new ArrayList<Node>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(node());
        }
        return new Node.Sequence(List.copyOf(items));
    }

    private Node alias(String name) throws Malformed {
        var node = anchors.get(name);
        if (node == null) {
            throw new Malformed(here(), "*" + name + " stands for nothing; put &" + name + " before it");
        }
        return node;
    }

    private JsonToken token() {
        return parser.currentToken();
    }

    private String here() {
        var at = parser.currentTokenLocation();
        return "line " + at.getLineNr() + ", column " + at.getColumnNr();
    }

    /** Keeps the problem and its place and drops the rest: messages quote the line, which may hold a password. */
    private static Malformed malformed(JacksonException e) {
        if (e.getCause() instanceof MarkedYamlEngineException marked
                && marked.getProblemMark().isPresent()) {
            var mark = marked.getProblemMark().get();
            var place = "line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1);
            return new Malformed(place, "no valid YAML: " + marked.getProblem());
        }
        var at = e.getLocation();
        var place = at == null ? "" : "line " + at.getLineNr() + ", column " + at.getColumnNr();
        return new Malformed(place, "no valid YAML: characters or nesting that YAML does not allow");
    }

    /** A text that is no YAML: nothing more can be said of it than this. */
    static final class Malformed extends Exception {
        private static final long serialVersionUID = 1;

        private final String place;

        private Malformed(String place, String text) {
            super(text);
            this.place = place;
        }

        Fault fault() {
            return new Fault(place, String.valueOf(getMessage()));
        }
    }
}
