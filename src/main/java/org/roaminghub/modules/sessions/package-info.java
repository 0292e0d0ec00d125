/**
 * Sessions: state that belongs to one eMSP (D4); a PATCH appends charging periods (SES-16).
 *
 * <p>Read {@link org.roaminghub.modules.sessions.SessionsReceiver}. How sessions come about from charging events is not known
 * here.
 */
package org.roaminghub.modules.sessions;
