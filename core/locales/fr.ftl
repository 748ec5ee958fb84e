# What members read in French. ar.ftl holds the same names.

## Everywhere
app-name = Services FOS
foundation = Fondation des Œuvres Sociales
ministry = Ministère de l’Économie et des Finances
language-name = Français
language-label = Langue
back = Retour
close = Fermer
show-password = Afficher le mot de passe
hide-password = Masquer le mot de passe
copy = Copier
loading = Chargement
try-again = Réessayer
services = Services
profile = Mon compte
clear-search = Effacer la recherche
problem-icon = Attention
done = Terminé
working = En cours

## Dates (domain.md d)
month = { $number ->
    [1] janvier
    [2] février
    [3] mars
    [4] avril
    [5] mai
    [6] juin
    [7] juillet
    [8] août
    [9] septembre
    [10] octobre
    [11] novembre
   *[12] décembre
  }
date-long = { $day ->
    [1] 1er
   *[other] { $day }
  } { $month } { $year }
date-short = { $day ->
    [1] 1er
   *[other] { $day }
  } { $month }
days-left = { $days ->
    [0] dernier jour
    [one] { $days } jour restant
   *[other] { $days } jours restants
  }

## The four steps of a first access
step = Étape { $now } sur { $of } · { $name }
step-ask = vos informations
step-mail = le courriel et la connexion
step-charter = lisez, puis choisissez
step-password = la dernière

## Sign-in (guide steps 1, 2 and 5)
title-sign-in = Connexion
first-time = Première fois ici ? Mot de passe oublié ?
first-time-text = Nous vous envoyons un mot de passe provisoire par courriel.
action-ask-password = Récupérer mot de passe
action-sign-in = Se connecter
field-password = Mot de passe
field-robot = Je ne suis pas un robot

## Asking for a password (guide step 3)
title-password-request = Récupérer mot de passe
action-send = Envoyer
field-kind = Je suis
option-active = En activité
option-retired = À la retraite
field-ppr = Numéro de PPR (SOM)
help-ppr = Il figure sur votre bulletin de paie.
field-cin = Numéro de carte nationale (CIN)
field-email-active = Adresse électronique professionnelle
help-email-active = Le mot de passe y sera envoyé : vérifiez chaque lettre.
field-email-retired = Adresse électronique
help-email-retired = L’adresse connue de la Fondation. Le mot de passe y sera envoyé.
field-pension = Numéro de pension
help-pension = Il figure sur les documents de votre caisse de retraite.
notice-password-request = Ces informations servent à vous reconnaître et à vous envoyer le mot de passe. Seuls les agents de la Fondation chargés des services les consultent. Vous pouvez y accéder, les rectifier et vous opposer à leur usage (loi 09-08).

## The mail is on its way (guide step 4)
title-mail-sent = Le courriel est en route
sent-to = Envoyé à
if-match = Si ces informations correspondent à nos dossiers, vous recevrez un courriel avec votre mot de passe.
action-correct-address = Corriger mes informations
action-have-password = J’ai reçu le mot de passe
action-ask-again = Demander un autre courriel
ask-again-after = Autre courriel possible dans { $time }
mail-hint-time = Il arrive d’habitude en moins de 5 minutes.
mail-hint-spam = Regardez aussi dans les indésirables (Spam).
mail-hint-key = Le mot de passe vaut 24 heures, jusqu’à ce que vous choisissiez le vôtre.
mail-hint-late = Toujours rien ? Relisez les informations ci-dessus lettre par lettre, corrigez-les ou appelez la Fondation.

## The charter (guide step 6)
charter-version = Version { $version }
action-read-on = Continuer la lecture
action-accept = Accepter
action-refuse = Refuser

## The new password (guide step 7)
title-new-password = Nouveau mot de passe
intro-new-password = Choisissez un mot de passe connu de vous seul. Celui du courriel ne servira plus.
field-new = Nouveau mot de passe
help-new = 12 caractères au moins, sans votre numéro de PPR.
field-again = Écrivez-le une seconde fois
action-change-password = Changer le mot de passe

## Services (guide step 8)
title-services = Services
search-hint = Chercher un service
category-all = Tout
category-retirement = Retraite
category-health = Santé
category-family = Famille
category-housing = Logement
category-travel = Voyages
category-credit = Crédits
category-culture = Culture et loisirs
group-open = Ouverts
group-announced = Annoncés
group-closed = Fermés
paper-circular = Circulaire { $number }
paper-notice = Communiqué { $number }
paper-label = Texte de référence
until = jusqu’au { $date }
all-year = toute l’année
opens-on = Ouvre le { $date }
opens-later = Ouvre bientôt
closed-on = Fermé le { $date }
closed = Fermé
open = Ouvert
deadline = Date limite
opening = Ouverture
amount = Montant
documents = Préparez ces documents
action-plus = Faire une demande
plus-for = Faire une demande : { $service }
why-announced = Ce service n’est pas encore ouvert. Il ouvrira avec la publication de son texte.
why-closed = Le délai de dépôt des demandes est passé.
nothing-found = Aucun service de ce nom. Essayez un mot plus court.
nothing-stored = Les services ne sont pas encore chargés. Connectez-vous à Internet, puis réessayez.
title-start = Nouvelle demande
start-text = Vous avez choisi ce service. Cette version de l’application ne permet pas encore de remplir la demande : préparez vos documents et suivez le texte de référence.
action-close = J’ai compris

## The member's account
profile-ppr = Numéro de PPR (SOM)
action-sign-out = Se déconnecter

## What to mend in a form
problems = { $count ->
    [one] Un champ est à corriger.
   *[other] { $count } champs sont à corriger.
  }
problem-required = Remplissez ce champ.
problem-choose = Choisissez une réponse.
problem-robot = Touchez la case pour confirmer que vous n’êtes pas un robot.
problem-robot-failed = La vérification n’a pas abouti. Touchez la case de nouveau.
problem-ppr = De 4 à 9 chiffres, comme sur le bulletin de paie.
problem-cin = Une ou deux lettres puis des chiffres, comme sur la carte.
problem-email = Écrivez l’adresse entière, telle que votre administration la connaît.
problem-unknown-domain = Utilisez votre adresse professionnelle, pas une adresse personnelle.
problem-pension = Chiffres et lettres, comme sur les documents de votre caisse de retraite.
problem-too-short = { $missing ->
    [one] Il manque un caractère.
   *[other] Il manque { $missing } caractères.
  }
problem-too-long = 128 caractères au plus.
problem-contains-identifier = N’y mettez ni le PPR ni le numéro de carte.
problem-same-as-before = Choisissez un autre mot de passe que celui du courriel.
problem-differs = Il ne correspond pas au premier. Réécrivez-le.
problem-refused = Cette valeur n’est pas acceptée. Vérifiez-la.

## What went wrong, and what to do
file-set-aside = Ce qui était gardé sur ce téléphone ne s’ouvre pas. C’est mis de côté, sans rien effacer, et l’on recommence.
offline-notice = Pas de connexion. Ce que vous voyez est gardé sur votre téléphone.
error-offline = Pas de connexion à Internet. Votre saisie est gardée : réessayez dès son retour.
error-try-later = Le service est très demandé. Réessayez dans un instant.
error-try-later-minutes = { $minutes ->
    [one] Réessayez dans une minute.
   *[other] Réessayez dans { $minutes } minutes.
  }
error-fields = Vérifiez les champs signalés, puis réessayez.
error-credentials = Numéro de PPR ou mot de passe incorrect. Vérifiez-les, ou demandez un nouveau mot de passe.
error-password-already-set = Le mot de passe a déjà été changé au premier essai. Utilisez-le la prochaine fois, ou demandez-en un nouveau.
error-sign-in-again = Votre session a pris fin. Saisissez de nouveau votre mot de passe.
error-charter-renewed = Une nouvelle version de la charte est parue. Lisez-la de nouveau.
error-update-needed = Cette version est trop ancienne. Mettez l’application à jour, puis réessayez.
error-not-allowed = Lisez d’abord la charte et changez votre mot de passe.
error-not-now = Cette action n’est pas possible à cette étape.
error-unknown-service = Ce service n’est plus proposé.
error-storage = Impossible d’enregistrer sur le téléphone. Libérez de la place, puis réessayez.
error-bug = Un imprévu est survenu. Réessayez ; s’il se répète, donnez à la Fondation le code { $reference }.
