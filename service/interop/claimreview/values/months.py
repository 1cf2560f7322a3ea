"""The names of months in dates that are written out, in the languages that reviews come in."""
# ruff: noqa: RUF001 -- letters of other languages

_NAMES = """
jan january enero ene janeiro janvier januar jänner gennaio gen januari styczeń \
stycznia января январь січня ocak oca ιανουαρίου ianuarie tammikuuta
feb february febrero fevereiro fev février fevr februar febbraio februari luty lutego \
февраля февраль лютого şubat φεβρουαρίου februarie helmikuuta
mar march marzo março mars märz mär maart marzec marca марта март березня mart \
μαρτίου martie maaliskuuta
apr april abril abr avril avr aprile kwiecień kwietnia апреля апрель квітня nisan \
απριλίου aprilie huhtikuuta
may mayo maio mai maggio mei maj maja мая май травня mayıs μαΐου toukokuuta
jun june junio junho juin juni giugno giu czerwiec czerwca июня июнь червня haziran \
ιουνίου iunie kesäkuuta
jul july julio julho juillet juil juli luglio lug lipiec lipca июля июль липня temmuz \
ιουλίου iulie heinäkuuta
aug august agosto ago août aout augustus augusti sierpień sierpnia августа август \
серпня ağustos αυγούστου elokuuta
sep sept september septiembre setiembre setembro set septembre settembre wrzesień \
września сентября сентябрь вересня eylül σεπτεμβρίου septembrie syyskuuta
oct october octubre outubro out octobre oktober okt ottobre ott październik \
października октября октябрь жовтня ekim οκτωβρίου octombrie lokakuuta
nov november noviembre novembro novembre listopad ноября ноябрь листопада kasım \
νοεμβρίου noiembrie marraskuuta
dec december diciembre dic dezembro dez décembre déc dezember dicembre grudzień \
grudnia декабря декабрь грудня aralık δεκεμβρίου decembrie joulukuuta
"""
MONTHS = {
    name: place
    for place, names in enumerate(_NAMES.strip().splitlines(), start=1)
    for name in names.split()
}
"""The number of a month by its name, in small letters."""
