package org.roaminghub.partners.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.roaminghub.partners.config.PartnerConfigs.Loaded;
import org.roaminghub.partners.config.PartnerConfigs.Refused;

/** Reads the folder of partner files (contracts §3): every {@code *.yaml} in it, each with one or more documents. */
public final class PartnerConfigReader {

    private PartnerConfigReader() {}

    /**
     * All partners, or all faults. Reads the files anew at each call; nothing is kept.
     *
     * @param lookup where {@code ${env:…}} and {@code ${file:…}} lead, usually {@link ReferenceLookup#system}
     * @return Loaded with no partner for an empty folder; Refused if the folder cannot be read
     */
    public static PartnerConfigs read(Path folder, ReferenceLookup lookup) {
        List<ConfigFault> faults = new ArrayList<>();
        List<CrossChecks.Placed> all = new ArrayList<>();
        for (Path file : files(folder, faults)) {
            all.addAll(partners(file, faults, lookup));
        }
        CrossChecks.run(all, faults);
        if (!faults.isEmpty()) {
            return new Refused(List.copyOf(faults));
        }
        return new Loaded(all.stream().map(CrossChecks.Placed::config).toList());
    }

    private static List<Path> files(Path folder, List<ConfigFault> faults) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(".yaml")).sorted().toList();
        } catch (IOException e) {
            faults.add(new ConfigFault(folder.toString(), 0, "", "the folder of partner files cannot be read"));
            return List.of();
        }
    }

    private static List<CrossChecks.Placed> partners(Path file, List<ConfigFault> faults, ReferenceLookup lookup) {
        String name = file.getFileName().toString();
        FileContext context = new FileContext(name, faults, lookup);
        List<CrossChecks.Placed> partners = new ArrayList<>();
        for (YamlValue document : new YamlReader(name, faults).read(text(file, context))) {
            if (document instanceof YamlValue.Mapping mapping) {
                PartnerConfig config = PartnerDocument.read(new Section(mapping, "", context), context);
                partners.add(new CrossChecks.Placed(config, mapping.line()));
            } else {
                context.fault(document.line(), "", "a document must be a group of keys, beginning with partner");
            }
        }
        return partners;
    }

    private static String text(Path file, FileContext context) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            context.fault(0, "", "cannot be read as UTF-8 text");
            return "";
        }
    }
}
