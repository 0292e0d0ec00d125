/**
 * Commands: an eMSP asks a CPO to do something at a charger; the CPO says at once whether it passed it on, and later how it ended
 * (chapter mod_commands, CMD-*). A CPO may be an OCPI platform or a backend without OCPI; the eMSP sees no difference.
 *
 * <p>Read {@link org.roaminghub.modules.commands.CommandsReceiver}, then {@link org.roaminghub.modules.commands.CommandsSender}, where
 * results arrive. How they find back is {@link org.roaminghub.routing.Callbacks}. What a charger does with a command is not known here.
 * {@link org.roaminghub.modules.commands.Reservations} makes the Sessions of reservations where the hub is the CPO, until something charges.
 */
package org.roaminghub.modules.commands;
