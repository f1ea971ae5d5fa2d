package io.backhaul.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Holds the table of keys in {@code docs/configuration.md} equal to {@code config/backhaul.schema.json}. To write it
 * anew: {@code mvn -q test -Dtest=ConfigurationPageTest -Dregenerate=true}
 */
class ConfigurationPageTest {
    private static final Path PAGE = Path.of("docs/configuration.md");
    private static final String BEGIN = "<!-- keys: generated from config/backhaul.schema.json -->\n";
    private static final String END = "<!-- keys: end -->\n";

    private final List<String> rows = new ArrayList<>();

    @Test
    void everyKeyOfTheSchemaIsOnThePage() throws IOException {
        addRows("", JsonMapper.shared().readTree(Files.readString(Path.of("config/backhaul.schema.json"))));
        var table = "| key | values | default | meaning |\n|---|---|---|---|\n" + String.join("", rows);
        var page = Files.readString(PAGE);
        var begin = page.indexOf(BEGIN) + BEGIN.length();
        if (Boolean.getBoolean("regenerate")) {
            page = page.substring(0, begin) + table + page.substring(page.indexOf(END));
            Files.writeString(PAGE, page);
        }

        assertThat(page.substring(begin, page.indexOf(END)))
                .as("regenerate with: mvn -q test -Dtest=ConfigurationPageTest -Dregenerate=true")
                .isEqualTo(table);
    }

    @Test
    void everyKeyOfTheSchemaIsInTheExample() throws IOException {
        addRows("", JsonMapper.shared().readTree(Files.readString(Path.of("config/backhaul.schema.json"))));
        var example = sections(Files.readAllLines(Path.of("config/backhaul.yaml")));
        var paths = rows.stream().map(row -> row.split("`", -1)[1]).toList();

        assertThat(paths).hasSizeGreaterThan(50).allSatisfy(path -> {
            var section = path.replaceFirst("[.\\[].*", "");
            var name = path.substring(path.lastIndexOf('.') + 1);
            assertThat(example.getOrDefault(section, List.of()))
                    .as(path)
                    .anyMatch(line -> line.matches("[ #-]*" + name + ":.*"));
        });
    }

    /** The lines below each key at the left margin, with its own; a key may be commented out. */
    private static Map<String, List<String>> sections(List<String> lines) {
        var sections = new LinkedHashMap<String, List<String>>();
        var section = "";
        for (var line : lines) {
            section = line.matches("(# )?[a-z-]+:.*")
                    ? line.replaceFirst("# ", "").replaceFirst(":.*", "")
                    : section;
            sections.computeIfAbsent(section, name -> new ArrayList<>()).add(line);
        }
        return sections;
    }

    private void addRows(String prefix, JsonNode section) {
        for (var property : section.path("properties").properties()) {
            addRow(prefix + property.getKey(), property.getKey(), section, property.getValue());
        }
    }

    private void addRow(String path, String name, JsonNode section, JsonNode key) {
        var forms = forms(name, section);
        var meaning = key.path("description").stringValue("");
        if (!forms.isEmpty() && forms.size() < section.path("allOf").size()) {
            meaning += " Only " + words(forms.keySet()) + ".";
        }
        var own = forms.isEmpty() ? Map.of("", key) : forms;
        rows.add("| `%s` | %s | %s | %s |\n"
                .formatted(path, oneOrEach(own, this::values), presence(name, section, own), meaning));
        addRows(path + ".", key);
        addRows(path + "[].", key.path("items"));
        credentials(key, forms).forEach(form -> addMissing(path + ".", form));
    }

    /** What the key is in each form of the section that has it; empty for a section of one form. */
    private static Map<String, JsonNode> forms(String name, JsonNode section) {
        var forms = new LinkedHashMap<String, JsonNode>();
        for (var form : section.path("allOf")) {
            var word =
                    form.path("if").path("properties").properties().iterator().next();
            var own = form.path("then").path("properties").path(name);
            if (!own.isBoolean()) {
                forms.put(
                        word.getValue().path("const").stringValue(),
                        own.isMissingNode() ? section.path("properties").path(name) : own);
            }
        }
        return forms;
    }

    private static List<JsonNode> credentials(JsonNode key, Map<String, JsonNode> forms) {
        if (key.has("properties") || key.has("items")) {
            return List.of();
        }
        var sections = new ArrayList<JsonNode>();
        for (var own : forms.values()) {
            own.path("oneOf").forEach(sections::add);
        }
        return sections;
    }

    private void addMissing(String prefix, JsonNode form) {
        for (var property : form.path("properties").properties()) {
            var start = "| `" + prefix + property.getKey() + "` |";
            if (rows.stream().noneMatch(row -> row.startsWith(start))) {
                addRow(prefix + property.getKey(), property.getKey(), form, property.getValue());
            }
        }
    }

    private String presence(String name, JsonNode section, Map<String, JsonNode> own) {
        var required = new LinkedHashSet<String>();
        for (var form : section.path("allOf")) {
            var word =
                    form.path("if").path("properties").properties().iterator().next();
            if (names(form.path("then")).contains(name)) {
                required.add(word.getValue().path("const").stringValue());
            }
        }
        if (names(section).contains(name) || (!required.isEmpty() && required.containsAll(own.keySet()))) {
            return "required";
        }
        return required.isEmpty() ? oneOrEach(own, ConfigurationPageTest::fallback) : "required for " + words(required);
    }

    private static List<String> names(JsonNode section) {
        var names = new ArrayList<String>();
        section.path("required").forEach(name -> names.add(name.stringValue()));
        return names;
    }

    private static String fallback(JsonNode key) {
        var fallback = key.path("default");
        return fallback.isMissingNode() || fallback.isObject() ? "" : code(fallback);
    }

    private String values(JsonNode key) {
        var schema = key.has("anyOf") ? key.path("anyOf").path(0) : key;
        schema = schema.has("anyOf") ? schema.path("anyOf").path(0) : schema;
        if (schema.has("enum")) {
            var words = new ArrayList<String>();
            schema.path("enum").forEach(word -> words.add(code(word)));
            return String.join(", ", words);
        }
        if (schema.has("minimum")) {
            return schema.path("minimum") + " to " + schema.path("maximum");
        }
        return schema.has("const") ? code(schema.path("const")) : "";
    }

    private static String oneOrEach(Map<String, JsonNode> forms, java.util.function.Function<JsonNode, String> shown) {
        var distinct = forms.values().stream().map(shown).distinct().toList();
        return distinct.size() == 1
                ? distinct.getFirst()
                : forms.entrySet().stream()
                        .filter(form -> !shown.apply(form.getValue()).isEmpty())
                        .map(form -> form.getKey() + ": " + shown.apply(form.getValue()))
                        .collect(Collectors.joining("; "));
    }

    private static String code(JsonNode value) {
        return "`" + (value.isString() ? value.stringValue() : value.toString()) + "`";
    }

    private static String words(Iterable<String> words) {
        return "`" + String.join("`, `", words) + "`";
    }
}
