"""Tests in a browser: a package, so that site and browser live as long as its tests and no longer."""
