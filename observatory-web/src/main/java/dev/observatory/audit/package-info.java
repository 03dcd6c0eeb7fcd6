/** The log of who was refused, and who did what to others: for whoever has to find out afterwards. Anybody may write. */
package dev.observatory.audit;
