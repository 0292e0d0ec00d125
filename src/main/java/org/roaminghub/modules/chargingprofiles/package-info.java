/**
 * Charging profiles (chapter mod_charging_profiles, CP-*): an eMSP or SCSP steers a session of a CPO. Requests go to the CPO at
 * once, their results come back later by {@link org.roaminghub.routing.Callbacks}; profiles are not stored.
 *
 * <p>Read {@link org.roaminghub.modules.chargingprofiles.ChargingProfilesReceiver}, which takes the requests, then
 * {@link org.roaminghub.modules.chargingprofiles.ChargingProfilesSender}, which takes what CPOs say afterwards. How a charger follows
 * a profile is not known here.
 */
package org.roaminghub.modules.chargingprofiles;
