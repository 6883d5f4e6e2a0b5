"""Static files under hashed names, compressed ahead; module imports are rewritten to the hashed names too."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStaticFiles(CompressedManifestStaticFilesStorage):
    """WhiteNoise's storage with ES module imports rewritten, so that every file may be cached for ever."""

    support_js_module_import_aggregation = True
    max_post_process_passes = 10
