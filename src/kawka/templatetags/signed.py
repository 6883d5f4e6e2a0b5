"""The hidden field of forms that anybody may send."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from kawka.forms.tokens import new_token

register = template.Library()


@register.simple_tag
def form_token() -> SafeString:
    """The hidden field that `signed_form` asks for."""
    return format_html('<input type="hidden" name="form_token" value="{}">', new_token())
