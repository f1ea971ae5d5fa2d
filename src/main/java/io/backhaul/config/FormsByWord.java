package io.backhaul.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A section whose form is told by the word at one of its keys.
 *
 * @param word that key; every form has it
 * @param forms owned by the words
 */
record FormsByWord(String word, Forms forms) implements Shape<Section> {
    @Override
    public @Nullable Section read(Node node, Place place) {
        return form(node, place).read(node, place);
    }

    private Fields form(Node node, Place place) {
        var merged = forms.merged();
        var owner = node instanceof Node.Mapping mapping ? written(mapping, place) : "";
        return forms.forms().stream()
                .filter(form -> form.owner().equals(owner))
                .findFirst()
                .orElse(merged);
    }

    private String written(Node.Mapping mapping, Place place) {
        return mapping.entries().stream()
                .filter(entry -> entry.name().equals(word) && entry.value() instanceof Node.Scalar)
                .findFirst()
                .map(entry -> place.references().resolve(((Node.Scalar) entry.value()).text(), place.path()))
                .map(found -> found instanceof References.Resolution.Resolved resolved ? resolved.text() : "")
                .orElse("");
    }

    @Override
    public Map<String, Object> schema() {
        var merged = forms.merged();
        var schema = new LinkedHashMap<>(merged.schema());
        var conditions = new ArrayList<Object>();
        for (var form : forms.forms()) {
            var chosen = Shape.object(
                    "properties", Shape.object(word, Shape.object("const", form.owner())), "required", List.of(word));
            conditions.add(Shape.object("if", chosen, "then", own(form, merged)));
        }
        schema.put("allOf", conditions);
        return schema;
    }

    /** What a form adds to the keys that all have: its own shapes, its required keys, and no key of another form. */
    private static Map<String, Object> own(Fields form, Fields merged) {
        var properties = new LinkedHashMap<String, Object>();
        for (var key : merged.keys()) {
            var own = form.find(key.name());
            if (own.isEmpty()) {
                properties.put(key.name(), false);
            } else if (!own.get().schema().equals(key.schema())) {
                properties.put(key.name(), own.get().schema());
            }
        }
        return Shape.object("properties", properties, "required", form.required());
    }
}
