# ruff: noqa: RUF001 - names as people write them are what this file is for
"""The words that the neutral portfolio is written with: companies, people, types."""

from __future__ import annotations

from collections.abc import Mapping

from .._vocabulary import FieldKind
from ._deals import Company, Human

DEPARTMENTS = ("Procurement", "Legal", "IT", "Marketing", "Operations")

FIELDS: Mapping[str, FieldKind] = {
    "Department": FieldKind.OPTION,
    "Cost centre": FieldKind.TEXT,
    "Risk score": FieldKind.NUMBER,
    "Personal data": FieldKind.BOOLEAN,
    "Review date": FieldKind.DATE,
}
"""Label and kind of the workspace's own fields, as the portfolio fills them."""

TYPES: Mapping[str, str] = {
    "Master services agreement": "Master services",
    "Non-disclosure agreement": "Non-disclosure",
    "Statement of work": "Statement of work",
    "Software licence": "Software licence",
    "Data processing agreement": "Data processing",
    "Supply agreement": "Supply",
}
"""Contract type → how a contract's name begins."""

OWNERS = (
    Human("Ana Brandão", "ana.brandao@buyer.example"),
    Human("Björn Lindqvist", "bjorn.lindqvist@buyer.example"),
    Human("Chloé Lefèvre", "chloe.lefevre@buyer.example"),
    Human("Dara O’Shea", "dara.oshea@buyer.example"),
    Human("Esra Yıldız", "esra.yildiz@buyer.example"),
    Human("Farid Haddad", "farid.haddad@buyer.example"),
)

SIGNATORIES = (
    Human("Grażyna Wójcik", "grazyna.wojcik@buyer.example"),
    Human("Henry Ashdown", "henry.ashdown@buyer.example"),
    Human("Iris Müller-Lüdenscheidt", "iris.muller@buyer.example"),
)

# name · country · registration · contact · domain (reserved by RFC 2606)
_ROWS = (
    ("Société Générale d’Énergie", "FR", "552 081 317", "Zoé Béranger", "sge"),
    ("Ateliers Brûlé & Fils", "FR", "349 274 186", "Loïc Brûlé", "brule"),
    ("L’Œuvre Numérique SAS", "FR", "817 405 922", "Maëlle Garçon", "oeuvre"),
    ("Crème de l’Ouest", "FR", "401 338 750", "Noël Kerguélen", "creme-ouest"),
    ("Façonnage Hélios", "FR", "523 991 064", "Inès Prévôt", "helios"),
    ("Münchner Prüftechnik GmbH", "DE", "HRB 104 337", "Jörg Größer", "prueftechnik"),
    ("Straßenbau Böhm KG", "DE", "HRA 22 981", "Käthe Böhm", "boehm"),
    ("Öko-Gerüst Süd eG", "DE", "GnR 1 204", "Uwe Fußmann", "oekogeruest"),
    ("Überlandwerke Köthen AG", "DE", "HRB 7 415", "Änne Schütz", "uelw"),
    ("Żelazo i Stal sp. z o.o.", "PL", "0000318842", "Łukasz Żak", "zelazo"),
    ("Świetlik Usługi Księgowe", "PL", "0000551203", "Małgorzata Dąb", "swietlik"),
    ("Gdańskie Łodzie S.A.", "PL", "0000127760", "Paweł Źrebiec", "lodzie"),
    ("Αφοί Παπαδόπουλος Α.Ε.", "GR", "094321876", "Ελένη Ψαρρά", "papadopoulos"),
    ("Θάλασσα Ναυτιλιακή", "GR", "801234567", "Γιώργος Ξένος", "thalassa"),
    ("株式会社𠮷野精機", "JP", "7010001034563", "𠮷野 健一", "yoshino"),
    ("東京データ合同会社", "JP", "4011003009876", "佐藤 美咲", "tokyo-data"),
    ("ミツバ物流", "JP", "1120001087654", "高橋 涼", "mitsuba"),
    ("Işık Sanayi A.Ş.", "TR", "0470041337100018", "İpek Çağrı", "isik"),
    ("Diyarbakır Yapı Ltd. Şti.", "TR", "0294015582300011", "Yiğit Öztürk", "yapi"),
    ("O’Reilly & Daughters Ltd", "GB", "07651234", "Siobhán O’Reilly", "oreilly"),
    ("Marks' Tools & Dies", "GB", "01998877", "Alfie Marks", "marks"),
    ('The "Quoted" Company Ltd', "GB", "11223344", "Nell Quote", "quoted"),
    ("Llanfair PG Logisteg Cyf", "GB", "09871234", "Siân Llŷr", "llanfair"),
    ("Smith, Jones; Partners LLP", "GB", "OC312456", "Jo Smith", "smithjones"),
    ("Ampère Données SARL", "CH", "CHE-114.882.903", "Rémy Favre", "ampere"),
    ("Zürcher Käsehandel AG", "CH", "CHE-209.517.336", "Ürs Bänziger", "kaese"),
    ("Società Ticinese dell’Acqua", "CH", "CHE-301.774.118", "Niccolò Però", "acqua"),
    ("Bharat Softech Pvt. Ltd.", "IN", "U72900MH2011PTC214", "Asha Nair", "bharat"),
    ("हिमालय टेक्सटाइल्स", "IN", "U17110DL2004PLC127", "मीरा शर्मा", "himalaya"),
    ("Café Coromandel Exports", "IN", "U15490TN1998PTC040", "Ravi Iyer", "coromandel"),
    ("Northwind Analytics, Inc.", "US", "84-2917735", "Maya Torres", "northwind"),
    ("AT&B Fasteners <West> LLC", "US", "47-1180263", "Beau Adkins", "atb"),
    ("Piñata Media Group", "US", "61-0938842", "Íñigo Núñez", "pinata"),
    ("100% Cotton Co.", "US", "20-5561907", "Lee Percent", "cotton"),
    ("Größe#9 / Éclair\\Labs", "US", "38-4420091", "Ada O'Neil", "eclair"),
    ("Compañía Logística del Sur", "ES", "B66219973", "Begoña Ibáñez", "logsur"),
    ("Ångström Mätteknik AB", "SE", "556677-1234", "Åsa Öberg", "angstrom"),
    ("Þórshöfn Fiskur ehf.", "IS", "540291-2259", "Ægir Þórsson", "thorshofn"),
    ("Kőrösi Műszaki Zrt.", "HU", "01-10-047263", "Zsófia Őry", "korosi"),
    ("Čistá Voda, s.r.o.", "CZ", "27604977", "Jiří Šťastný", "cistavoda"),
)


def _company(index: int, row: tuple[str, str, str, str, str]) -> Company:
    name, country, registration, contact, domain = row
    person = Human(contact, f"contracts@{domain}.example")
    return Company(index, name, country, registration, person)


COMPANIES = tuple(_company(index, row) for index, row in enumerate(_ROWS, start=1))
