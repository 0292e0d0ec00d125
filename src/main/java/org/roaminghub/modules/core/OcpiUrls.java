package org.roaminghub.modules.core;

import jakarta.enterprise.context.ApplicationScoped;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.roaminghub.ocpi.InterfaceRole;
import org.roaminghub.ocpi.ModuleId;
import org.roaminghub.ocpi.versions.OcpiVersion;
import org.roaminghub.partners.PartnerLink;
import org.roaminghub.partners.Partners;
import org.roaminghub.platform.HubSettings;

/** The URLs the hub gives to partners. They are told the first and find the others by themselves (VER-08). */
@ApplicationScoped
public class OcpiUrls {
    /** The hub's own version, under whose path its resources stand; {@link VersionPaths} leads the others there. */
    public static final String VERSION = "2.2.1";
    /** Path of everything of that version. */
    static final String BASE = "/ocpi/" + VERSION;
    /** Path of receiver interfaces. */
    public static final String RECEIVER = "/ocpi/2.2.1/receiver/";
    /** Path of sender interfaces. */
    public static final String SENDER = "/ocpi/2.2.1/sender/";

    private static final String OWN_BASE = BASE.replace(".", "\\.") + "(?![^/?>])";

    private final HubSettings settings;
    private final Partners partners;

    OcpiUrls(HubSettings settings, Partners partners) {
        this.settings = settings;
        this.partners = partners;
    }

    public String versions() {
        return base() + "/ocpi/versions";
    }

    public String details(OcpiVersion version) {
        return inVersion(base() + BASE, version);
    }

    public String credentials() {
        return base() + BASE + "/credentials";
    }

    public String module(ModuleId module, InterfaceRole role) {
        return base() + (role == InterfaceRole.SENDER ? SENDER : RECEIVER) + module.id();
    }

    /** The URL that stands for one of another partner, see {@link org.roaminghub.routing.RelayedUrls}. */
    public String relayed(ModuleId module, String id) {
        return base() + BASE + "/relayed/" + module.id() + "/" + id;
    }

    /**
     * A URL of ours for somebody who speaks this version. Location and Link of an answer get it by themselves.
     */
    public static String inVersion(String url, OcpiVersion version) {
        return version == OcpiVersion.HUB ? url : url.replaceFirst(OWN_BASE, "/ocpi/" + version.id());
    }

    /** A URL of ours within a document for this partner, which calls it later: in the version it speaks. */
    public String forPartner(String partner, String url) {
        return inVersion(url, partners.link(partner).map(PartnerLink::version).orElse(OcpiVersion.HUB));
    }

    /** A path of ours as the partner reaches it. */
    String absolute(String path) {
        return base() + path;
    }

    /** Percent-encodes a path segment. */
    public static String segment(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private String base() {
        String url = settings.publicUrl().toString();
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }
}
