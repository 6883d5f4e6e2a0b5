from kawka.models import Person
from tests.factories import make_person


def test_people_stand_in_the_order_of_the_polish_alphabet(community):
    names = "Żaneta Łukasz Zofia Ądam Marek Lucyna Adam Ździsław ćma Czesław Barbara"
    for name in names.split(" "):
        make_person(community, name)

    ordered = [person.name for person in Person.objects.all()]

    assert " ".join(ordered) == "Adam Ądam Barbara Czesław ćma Lucyna Łukasz Marek Zofia Ździsław Żaneta"
