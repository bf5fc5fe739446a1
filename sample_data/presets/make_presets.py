"""Writes a small sample of each published format that is read without a mapping.

    python sample_data/presets/make_presets.py [--out DIR]

The same version writes the same bytes. Everybody in it is invented; identifiers are of ranges no system gives out
(NHS numbers begin with 999). What is planted stands in the constants below, for the tests to count again.
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import random
from collections.abc import Mapping, Sequence
from pathlib import Path

HERE = Path(__file__).parent
AS_AT = dt.date(2026, 10, 31)
SEED = 11

# MHSDS: of 30 people with one referral each, the first OPEN are open and have contacts.
PEOPLE, OPEN = 30, 20
WITHOUT_COORDINATOR = 3  # of the open ones; one of them had a coordinator until September
WITHOUT_CONTACT = 4  # referrals received, no contact yet: no case of the caseload
REJECTED = 2  # referrals rejected: closed on the day of rejection, and never seen
CLOSED_AFTER_DNA = 2  # of the closed ones, with closing reason 05
DISCHARGED = 4  # inpatient discharges of open cases in October; the first is seen too late, the second never
CONTACTS_OF_TWO = 2  # contacts whose two activities name two workers

# ASC-WDS: 12 workers, of whom one is to be deleted.
WORKERS = 12
BLANK_EXPIRY = 3  # safeguarding courses with months of validity and no expiry; the first has run out since
EXPIRED = 2  # safeguarding courses whose expiry is past
WITHOUT_SAFEGUARDING = 1

TRAINING = (
    "LOCALESTID,UNIQUEWORKERID,CATEGORY,TRAININGNAME,ACCREDITED,WHODELIVERED,PROVIDERNAME,HOWDELIVERED,VALIDITY,"
    "DATECOMPLETED,EXPIRYDATE,NOTES"
)
WORKER = (
    "LOCALESTID,UNIQUEWORKERID,STATUS,DISPLAYID,NINUMBER,POSTCODE,DOB,GENDER,ETHNICITY,NATIONALITY,"
    "BRITISHCITIZENSHIP,COUNTRYOFBIRTH,YEAROFENTRY,DISABLED,CARECERT,L2CARECERT,RECSOURCE,HANDCVISA,INOUTUK,"
    "STARTDATE,STARTINSECT,DHA,APPRENTICE,EMPLSTATUS,ZEROHRCONT,DAYSSICK,SALARYINT,SALARY,HOURLYRATE,MAINJOBROLE,"
    "MAINJRDESC,CONTHOURS,AVGHOURS,NMCREG,AMHP,SCQUAL,NONSCQUAL,CWPCATEGORY,QUALACH01,QUALACH01NOTES"
)

# HMIS: 25 enrolments, 5 of them with an exit, 2 deleted.
ENROLMENTS, EXITS, DELETED = 25, 5, 2
BED_NIGHTS = 7
RECORDED_LATE = 2
ANNUAL = 6  # enrolments with an annual assessment; another one was deleted


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, default=HERE, help="folder for a folder per format")
    out = parser.parse_args().out
    mhsds(out / "mhsds_v6")
    asc_wds(out / "asc_wds")
    hmis(out / "hmis_fy2026")


def write(path: Path, headings: Sequence[str], rows: Sequence[Mapping[str, object]]) -> None:
    """A CSV file; a heading a row does not name is blank."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, headings, restval="", lineterminator="\r\n")
        writer.writeheader()
        writer.writerows(rows)


def before(days: int) -> dt.date:
    return AS_AT - dt.timedelta(days=days)


def mhsds(folder: Path) -> None:
    draw = random.Random(SEED)
    staff = [f"CP{number:03}" for number in range(1, 7)]
    patients, referrals, coordinators, contacts, activities, by_whom = [], [], [], [], [], []
    plans, agreements, episodes, reviews, spells = [], [], [], [], []
    for number in range(1, PEOPLE + WITHOUT_CONTACT + REJECTED + 1):
        person, case = f"P{number:04}", f"SR{number:05}"
        opened = before(draw.randint(200, 600))
        closed = before(20 + number) if OPEN < number <= PEOPLE else ""
        patients.append(
            {
                "LocalPatientID": person,
                "NHSNumber": f"9990000{number:03}",
                "PersonBirthDate": "1980-01-01",
                "Postcode": "ZZ99 3VZ",
                "EthnicCategory": "Z",
            }
        )
        after_dna = OPEN < number <= OPEN + CLOSED_AFTER_DNA
        referral = {
            "ServiceRequestID": case,
            "LocalPatientID": person,
            "CareProfTeamLocalID": "T1" if number % 2 else "T2",
            "ReferralRequestReceivedDate": opened,
            "ServDischDate": closed,
            "ReferClosReason": ("05" if after_dna else "02") if closed else "",
        }
        referrals.append(referral)
        if number > PEOPLE:
            referral["ReferralRequestReceivedDate"] = before(30)
            if number > PEOPLE + WITHOUT_CONTACT:
                referral["ReferRejectionDate"] = before(25)
            continue
        if number > WITHOUT_COORDINATOR:
            coordinators.append(
                {
                    "LocalPatientID": person,
                    "CareProfLocalID": staff[number % 6],
                    "StartDateAssCareCoord": opened,
                    "EndDateAssCareCoord": closed,
                }
            )
        if number == 1:
            ended = {"StartDateAssCareCoord": opened, "EndDateAssCareCoord": "2026-09-12"}
            coordinators.append({"LocalPatientID": person, "CareProfLocalID": staff[0], **ended})
        if number == WITHOUT_COORDINATOR + 1:  # handed over: the later of two counts
            began = {"StartDateAssCareCoord": before(40), "EndDateAssCareCoord": ""}
            coordinators[-1]["EndDateAssCareCoord"] = before(41)
            coordinators.append({"LocalPatientID": person, "CareProfLocalID": staff[5], **began})
        days = [before(90), before(60 if number <= DISCHARGED else 14)]
        if closed:
            days = [before(120), before(100)]
        for visit, day in enumerate(days, start=1):
            contact = f"CC{number:04}{visit}"
            contacts.append(
                {
                    "CareContactID": contact,
                    "ServiceRequestID": case,
                    "CareContDate": day,
                    "ConsMechanismMH": "01" if visit == 1 else "11",
                    "PlannedCareContIndicator": "Y",
                    "AttendStatus": "3" if after_dna and visit == 2 else ("5" if visit == 1 else "6"),
                }
            )
            for part in range(2 if visit == 1 and number <= CONTACTS_OF_TWO else 1):
                activities.append({"CareActID": f"CA{contact}{part}", "CareContactID": contact})
                by_whom.append({"CareActID": f"CA{contact}{part}", "CareProfLocalID": staff[(number + part) % 6]})
        if number <= OPEN and number % 2:
            plans.append(
                {
                    "CarePlanID": f"PL{number:04}",
                    "LocalPatientID": person,
                    "CarePlanTypeMH": "10",
                    "CarePlanCreatDate": opened,
                    "CarePlanLastUpdateDate": before(45) if number % 4 == 1 else "",
                }
            )
            agreements.append({"CarePlanID": f"PL{number:04}", "CarePlanContentAgreedDate": before(44)})
        if number <= OPEN and not number % 5:
            episodes.append({"CPAEpisodeID": f"E{number:04}", "LocalPatientID": person, "StartDateCPA": opened})
            review = {"CPAEpisodeID": f"E{number:04}", "CPAReviewDate": before(33), "CareProfLocalID": staff[1]}
            reviews.append(review)
        if number <= DISCHARGED:
            spells.append(
                {
                    "HospProvSpellID": f"H{number:04}",
                    "ServiceRequestID": case,
                    "StartDateHospProvSpell": before(50),
                    "DischDateHospProvSpell": before(20),
                    "DestOfDischHospProvSpell": "19",
                }
            )
    follow_up = {"ConsMechanismMH": "02", "PlannedCareContIndicator": "Y", "AttendStatus": "5"}
    for number, day in ((1, before(15)), (3, before(18)), (4, before(17))):
        contact = f"CC{number:04}9"
        contacts.append(
            {"CareContactID": contact, "ServiceRequestID": f"SR{number:05}", "CareContDate": day, **follow_up}
        )
        activities.append({"CareActID": f"CA{contact}0", "CareContactID": contact})
        by_whom.append({"CareActID": f"CA{contact}0", "CareProfLocalID": staff[2]})
    period = {"ReportingPeriodStartDate": "2026-10-01", "ReportingPeriodEndDate": "2026-10-31"}
    header = {"DatSetVer": "6.0", "OrgIDProvider": "ZZ9", "OrgIDSubmit": "ZZ9", **period}
    details = [
        {"CareProfLocalID": one, "ProfRegEntryID": f"TEST{one}", "CareProfStaffGpMH": "02", "CareProfJobRoleCode": "R1"}
        for one in staff
    ]
    teams = [
        {"CareProfTeamLocalID": "T1", "ServTeamTypeMH": "A06"},
        {"CareProfTeamLocalID": "T2", "ServTeamTypeMH": "A08"},
    ]
    tables = {
        "MHS000Header": (
            "DatSetVer OrgIDProvider OrgIDSubmit ReportingPeriodStartDate ReportingPeriodEndDate",
            [header],
        ),
        "MHS001MPI": ("LocalPatientID NHSNumber PersonBirthDate Postcode EthnicCategory PersDeathDate", patients),
        "MHS006MHCareCoord": ("LocalPatientID CareProfLocalID StartDateAssCareCoord EndDateAssCareCoord", coordinators),
        "MHS008CarePlanType": (
            "CarePlanID LocalPatientID CarePlanTypeMH CarePlanCreatDate CarePlanLastUpdateDate CarePlanImplementDate",
            plans,
        ),
        "MHS009CarePlanAgreement": ("CarePlanID CarePlanContentAgreedBy CarePlanContentAgreedDate", agreements),
        "MHS101Referral": (
            (
                "ServiceRequestID LocalPatientID OrgIDComm CareProfTeamLocalID ReferralRequestReceivedDate "
                "SourceOfReferralMH ClinRespPriorityType PrimReasonReferralMH DecisionToTreatDate ServDischDate "
                "ReferRejectionDate ReferRejectReason ReferClosReason"
            ),
            referrals,
        ),
        "MHS201CareContact": (
            (
                "CareContactID ServiceRequestID CareContDate CareContTime OrgIDComm ConsMechanismMH "
                "PlannedCareContIndicator AttendStatus CareContCancelDate"
            ),
            contacts,
        ),
        "MHS202CareActivity": ("CareActID CareContactID Procedure Finding", activities),
        "MHS206StaffActivity": ("CareActID CareProfLocalID", by_whom),
        "MHS501HospProvSpell": (
            (
                "HospProvSpellID ServiceRequestID StartDateHospProvSpell DischDateHospProvSpell "
                "MethOfDischMHHospProvSpell DestOfDischHospProvSpell"
            ),
            spells,
        ),
        "MHS701CPACareEpisode": ("CPAEpisodeID LocalPatientID StartDateCPA EndDateCPA", episodes),
        "MHS702CPAReview": ("CPAEpisodeID CPAReviewDate CareProfLocalID", reviews),
        "MHS901StaffDetails": (
            "CareProfLocalID ProfRegBodyCode ProfRegEntryID CareProfStaffGpMH OccCode CareProfJobRoleCode",
            details,
        ),
        "MHS902ServiceTeamDetails": ("CareProfTeamLocalID ServTeamTypeMH", teams),
    }
    for name, (headings, rows) in tables.items():
        write(folder / f"{name}.csv", headings.split(), rows)


def asc_wds(folder: Path) -> None:
    roles = [4, 45, 6, 16, 15, 40, 8, 8, 52, 52, 37, 8]
    kinds = [1, 1, 1, 1, 4, 1, 1, 3, 1, 3, 1, 1]
    workers, training = [], []
    for number, (role, kind) in enumerate(zip(roles, kinds, strict=True), start=1):
        worker = {"LOCALESTID": "HOME1", "UNIQUEWORKERID": f"W{number:03}"}
        workers.append(
            {
                **worker,
                "STATUS": "DELETE" if number == WORKERS else "UNCHECKED",
                "DISPLAYID": f"Invented {number}",
                "NINUMBER": "QQ123456C",
                "POSTCODE": "ZZ99 3VZ",
                "DOB": "01/01/1980",
                "STARTDATE": f"{number:02}/03/2022",
                "EMPLSTATUS": kind,
                "MAINJOBROLE": role,
                "CONTHOURS": 37,
                "SALARY": 30000,
            }
        )
        if number == WORKERS or number > WORKERS - 1 - WITHOUT_SAFEGUARDING:
            continue
        course = {
            **worker,
            "CATEGORY": 20,
            "TRAININGNAME": "Safeguarding adults",
            "ACCREDITED": "No",
            "NOTES": "free text",
        }
        if number <= BLANK_EXPIRY:
            done = "01/11/2023" if number == 1 else "01/11/2025"  # 24 months: to 31/10/2025, and to 31/10/2027
            training.append({**course, "VALIDITY": 24, "DATECOMPLETED": done})
        else:
            past = number <= BLANK_EXPIRY + EXPIRED
            expiry = "30/10/2026" if past else "31/10/2026"  # the day before the as-at date, and the day itself
            training.append({**course, "VALIDITY": "none", "DATECOMPLETED": "15/01/2024", "EXPIRYDATE": expiry})
    training.append({"LOCALESTID": "HOME1", "UNIQUEWORKERID": "W004", "CATEGORY": 13, "DATECOMPLETED": "20/02/2026"})
    write(
        folder / "training.csv",
        TRAINING.split(","),
        training,
    )
    write(
        folder / "worker.csv",
        WORKER.split(","),
        workers,
    )
    jobs = {"ALLJOBROLES": "34;8;4", "STARTERS": "0;2;0", "LEAVERS": "999;1;0", "VACANCIES": "0;3;1"}
    write(folder / "workplace.csv", ["LOCALESTID", "STATUS", *jobs], [{"LOCALESTID": "HOME1", **jobs}])


def hmis(folder: Path) -> None:
    tail = ["DateCreated", "DateUpdated", "UserID", "DateDeleted", "ExportID"]
    enrolments, exits, services, situations, health, clients = [], [], [], [], [], []
    stamp = {"DateUpdated": "2026-10-30 10:00:00", "UserID": "U1", "ExportID": "EX1"}
    for number in range(1, ENROLMENTS + 1):
        entry = before(400 if number <= ANNUAL else 100)
        made = {**stamp, "DateCreated": f"{entry} 09:00:00"}
        gone = {"DateDeleted": "2026-10-15 12:00:00"} if number > ENROLMENTS - DELETED else {}
        ids = {"EnrollmentID": f"EN{number:04}", "PersonalID": f"PE{number:04}"}
        clients.append({"PersonalID": ids["PersonalID"], "FirstName": "Invented", "SSN": "900000000", **made})
        enrolments.append({**ids, "ProjectID": f"PR{number % 2 + 1}", "EntryDate": entry, **made, **gone})
        if ANNUAL < number <= ANNUAL + EXITS:
            exits.append({"ExitID": f"X{number}", **ids, "ExitDate": before(10), "Destination": 410, **made})
        if number == ANNUAL + EXITS + 1:  # an exit that was deleted: the enrolment is open
            undone = {"DateDeleted": "2026-10-20 08:00:00"}
            exits.append({"ExitID": f"X{number}", **ids, "ExitDate": before(30), "Destination": 410, **made, **undone})
        service = {
            "ServicesID": f"S{number:04}",
            **ids,
            "DateProvided": before(25 + number),
            "RecordType": 141,
            "TypeProvided": 1,
        }
        late = 20 if number <= RECORDED_LATE else 0
        made = {**stamp, "DateCreated": f"{before(25 + number - late)} 17:00:00", **gone}
        services.append({**service, **made})
        if number <= BED_NIGHTS:
            services.append({**service, "ServicesID": f"B{number:04}", "RecordType": 200, **made})
        if not number % 5:
            met = {"CurrentLivingSitID": f"L{number:04}", "InformationDate": before(12), "CurrentLivingSituation": 116}
            situations.append({**met, **ids, **made, "DateCreated": f"{before(12)} 17:00:00"})
        collected = {"HealthAndDVID": f"H{number:04}", **ids, "InformationDate": entry, "DataCollectionStage": 1}
        health.append({**collected, **made})
        if number <= ANNUAL + 1:
            annual = {"HealthAndDVID": f"A{number:04}", "InformationDate": before(40), "DataCollectionStage": 5}
            undone = {"DateDeleted": "2026-10-01 08:00:00"} if number > ANNUAL else {}
            health.append({**collected, **annual, **made, **undone})
    write(
        folder / "Enrollment.csv",
        ["EnrollmentID", "PersonalID", "ProjectID", "EntryDate", "HouseholdID", *tail],
        enrolments,
    )
    write(folder / "Exit.csv", ["ExitID", "EnrollmentID", "PersonalID", "ExitDate", "Destination", *tail], exits)
    write(
        folder / "Services.csv",
        [
            "ServicesID",
            "EnrollmentID",
            "PersonalID",
            "DateProvided",
            "RecordType",
            "TypeProvided",
            "ReferralOutcome",
            *tail,
        ],
        services,
    )
    write(
        folder / "CurrentLivingSituation.csv",
        ["CurrentLivingSitID", "EnrollmentID", "PersonalID", "InformationDate", "CurrentLivingSituation", *tail],
        situations,
    )
    write(
        folder / "HealthAndDV.csv",
        [
            "HealthAndDVID",
            "EnrollmentID",
            "PersonalID",
            "InformationDate",
            "GeneralHealthStatus",
            "DataCollectionStage",
            *tail,
        ],
        health,
    )
    write(folder / "Client.csv", ["PersonalID", "FirstName", "LastName", "SSN", "DOB", *tail], clients)
    days = {"ExportStartDate": "2025-11-01", "ExportEndDate": "2026-10-31"}
    write(folder / "Export.csv", ["ExportID", "SourceType", "ExportDate", *days], [{"ExportID": "EX1", **days}])
    user = {"UserID": "U1", "UserFirstName": "Invented", "UserLastName": "Person"}
    write(
        folder / "User.csv",
        ["UserID", "UserFirstName", "UserLastName", "UserPhone", "UserEmail", *tail],
        [{**user, **stamp}],
    )


if __name__ == "__main__":
    main()
