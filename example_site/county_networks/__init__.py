"""Networks on a county site's own base page. It is used with ``config.settings_own_page`` only."""
