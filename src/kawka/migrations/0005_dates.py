from django.db import migrations, models

import kawka.models.codes


def give_codes(apps, schema_editor):
    """Each series that is there gets a code of its own."""
    series = apps.get_model("kawka", "Series")
    for one in series.objects.filter(code__isnull=True):
        one.code = kawka.models.codes.new_code()
        one.save(update_fields=["code"])


class Migration(migrations.Migration):
    dependencies = [("kawka", "0004_week")]

    operations = [
        migrations.AddField(
            model_name="series",
            name="code",
            field=models.CharField(editable=False, max_length=10, null=True),
        ),
        migrations.RunPython(give_codes, migrations.RunPython.noop, elidable=True),
        migrations.AlterField(
            model_name="series",
            name="code",
            field=models.CharField(
                default=kawka.models.codes.new_code, editable=False, max_length=10, unique=True
            ),
        ),
        migrations.AddField(
            model_name="series",
            name="place_name",
            field=models.CharField(
                blank=True, default="", max_length=120, verbose_name="another place than the group's"
            ),
        ),
        migrations.AddField(
            model_name="series",
            name="place_address",
            field=models.CharField(blank=True, default="", max_length=200, verbose_name="its address"),
        ),
        migrations.AddField(
            model_name="meeting",
            name="moved_from",
            field=models.JSONField(blank=True, editable=False, null=True),
        ),
    ]
