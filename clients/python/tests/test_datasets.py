import io
import unittest
import zipfile

from maskscore import Client, Problem

from .service import NO_NUMPY, URL, numpy


@unittest.skipIf(numpy is None, NO_NUMPY)
class Runs(unittest.TestCase):
    """Two runs of one ground truth: everything is asked of them, so that they are made once."""

    @classmethod
    def setUpClass(cls):
        cls.client = Client(URL)
        cls.truth = {"scan.%d" % k: numpy.array([[0, 0, 1, 1], [0, 0, 1, 1]], "u1") for k in range(3)}
        cls.worse = {**cls.truth, "scan.1": 1 - cls.truth["scan.1"], "scan.2": numpy.array([[0, 1, 1, 1]] * 2, "u1")}
        cls.before = cls.client.evaluate(cls.truth, cls.truth, labels="classes", name="before")
        cls.run_ = cls.client.evaluate(cls.truth, cls.worse, labels="classes", name="now")
        cls.addClassCleanup(cls.client.close)

    def test_rows_are_filtered_and_sorted_by_the_service(self):
        worst = self.run_.rows(sort="mean_iou", below="mean_iou:0.9")
        self.assertEqual([row["key"] for row in worst], ["scan.1", "scan.2"])
        self.assertEqual([row["key"] for row in self.run_.rows(confused=(1, 0))], ["scan.1"])
        with self.assertRaises(Problem) as refused:
            self.run_.rows(belo="mean_iou:0.9")
        self.assertIn("below", str(refused.exception))

    def test_one_item_has_its_report_and_a_region_of_its_labels(self):
        report = self.run_.item_report(2, segments=1)
        self.assertEqual(len(report["segments"]), 1)
        self.assertEqual(report.overlay(), self.run_.overlay(2))
        labels = self.run_.labels(2, "prediction", region=(1, 0, 2, 1))
        self.assertEqual(labels["prediction"].tolist(), [[1, 1]])

    def test_confusion_and_histogram_are_of_all_items(self):
        self.assertEqual(self.run_.confusion()["pixels"], 24)
        self.assertEqual(sum(self.run_.histogram("mean_iou", bins=4)["counts"]), 3)

    def test_a_run_is_compared_with_one_from_before_by_itself_or_its_id(self):
        self.assertEqual(self.run_.compare(self.before)["items"]["both"], 3)
        rows = self.run_.compare_rows(self.before.id, "mean_iou")
        self.assertEqual([row["key"] for row in rows], ["scan.1", "scan.2", "scan.0"])
        self.assertEqual(rows[0]["delta"], -1)

    def test_runs_are_listed_and_one_that_has_ended_is_not_cancelled(self):
        listed = {one["id"]: one["name"] for one in self.client.evaluations(state="done")}
        self.assertEqual((listed[self.before.id], listed[self.run_.id]), ("before", "now"))
        self.assertEqual(self.client.cancel(self.run_.id)["state"], "done")

    def test_a_failed_run_has_no_rows_and_says_why_in_place_of_advice_to_wait(self):
        failed = self.client.evaluate({"a": self.truth["scan.0"]}, {"b": self.truth["scan.0"]}, labels="classes")
        with self.assertRaises(Problem) as refused:
            failed.rows()
        self.assertIn(failed.problem["code"], refused.exception.detail)
        self.assertNotIn("Wait", refused.exception.remedy)


@unittest.skipIf(numpy is None, NO_NUMPY)
class Sides(unittest.TestCase):
    def setUp(self):
        self.client = Client(URL)
        self.addCleanup(self.client.close)
        self.mask = numpy.array([[0, 1]], "u1")

    def keys(self, ground_truth, prediction=None, **more):
        return [row["key"] for row in self.client.evaluate(ground_truth, prediction, labels="classes", **more).rows()]

    def test_bytes_of_masks_have_whole_keys_and_bytes_of_an_archive_are_one(self):
        target = io.BytesIO()
        numpy.save(target, self.mask)
        masks = {"scan.1": target.getvalue(), "scan.2": target.getvalue()}
        self.assertEqual(self.keys(masks, {"scan.1": self.mask, "scan.2": self.mask}), ["scan.1", "scan.2"])
        archive = io.BytesIO()
        with zipfile.ZipFile(archive, "w") as entries:
            for key, content in masks.items():
                entries.writestr(key + ".npy", content)
        archive.seek(0)
        self.assertEqual(self.keys(archive, archive.getvalue()), ["scan.1", "scan.2"])

    def test_keys_that_are_the_same_as_text_are_refused(self):
        with self.assertRaises(ValueError):
            self.client.evaluate({1: self.mask, "1": self.mask}, {1: self.mask})

    def test_rows_of_a_manifest_and_patterns_of_one_source_pair_files(self):
        rows = [{"ground_truth": "a.npy", "prediction": "b.npy"}]
        self.assertEqual(self.keys({"a": self.mask}, {"b": self.mask}, manifest=rows), ["a"])
        both = {"gt/a": self.mask, "out/a": self.mask}
        self.assertEqual(self.keys(both, match_gt="gt/{key}.npy", match_pred="out/{key}.npy"), ["a"])

    def test_a_stored_dataset_ranks_what_is_sent_against_it(self):
        self.client.set_dataset("park", classes={0: "soil", 1: "tree"}, options={"labels": "classes"}, primary="mean_iou")
        self.assertEqual(self.client.add_version("park", {"a": self.mask})["version"], 1)
        runs = [self.client.evaluate(dataset="park", prediction={"a": mask}) for mask in (1 - self.mask, self.mask)]
        ranked = [(one["rank"], one["evaluation"]) for one in self.client.leaderboard("park")["entries"]]
        self.assertEqual(ranked, [(1, runs[1].id), (2, runs[0].id)])
        self.assertEqual(self.client.dataset("park")["primary"], "mean_iou")
        self.assertIn("park", [one["name"] for one in self.client.datasets()])
        with self.assertRaises(Problem) as refused:
            self.client.dataset("../limits")
        self.assertEqual(refused.exception.status, 404)
        for run in runs:
            run.delete()
        self.client.delete_dataset("park")
        self.assertNotIn("park", [one["name"] for one in self.client.datasets()])
