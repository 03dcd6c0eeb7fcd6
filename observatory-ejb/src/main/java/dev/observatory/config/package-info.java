/** How settings are read: by everybody who has some, and without knowing what they mean. */
package dev.observatory.config;
