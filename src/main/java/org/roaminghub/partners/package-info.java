/**
 * Who the partners are: their files, their registration, their agreements, and how a token leads to one of them.
 *
 * <p>Read {@link org.roaminghub.partners.Partners} first, then {@link org.roaminghub.partners.Connections}. It sends nothing; that is
 * {@code exchange}'s business.
 */
package org.roaminghub.partners;
